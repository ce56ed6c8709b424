// Downloads Temporal's CLI through the SDK, which does so when it starts a server from it. A program of
// its own because the SDK sets up its one runtime for that, and because it can be ended when it hangs.
// Called with the version and the folder; says `asking` before it goes to the network.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [version, downloadDir] = process.argv.slice(2);
console.log('asking');
try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version, downloadDir, ttl: '3650 days' } },
  });
  await environment.teardown();
} catch (error) {
  // The SDK joins an error and its causes with colons; the innermost two say what is wrong.
  console.error(String(error.message).split(': ').slice(-2).join(': '));
  process.exitCode = 1;
}
