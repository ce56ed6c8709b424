/** A sender in a process of its own: so many events a second for so long, each of somebody new, one a request. Prints how long each answer took, ms. */
const [, , url, perSecond, seconds, who] = process.argv;

const gapMs = 1_000 / Number(perSecond);
const count = Number(perSecond) * Number(seconds);
const began = performance.now();
const answers = [];

async function send(i) {
  const since = performance.now();
  const response = await fetch(`${url}/v1/track`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      userId: `${who}-${i}`,
      event: 'Asked',
      messageId: `${who}-${i}-asked`,
      properties: {},
    }),
  });
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  await response.arrayBuffer();
  answers.push(performance.now() - since);
}

const sent = [];
for (let i = 0; i < count; i += 1) {
  const waitMs = began + i * gapMs - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  sent.push(send(i));
}
await Promise.all(sent);
console.log(JSON.stringify(answers));
