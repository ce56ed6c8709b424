/**
 * Unsubscribing by link: opening it only shows a button, since scanners open links; posting to it
 * unsubscribes at once, without asking again (RFC 8058).
 */
import { Hono, type Context } from 'hono';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import {
  EVERY_TOPIC,
  readUnsubscribeToken,
  unsubscribeSecret,
  type Unsubscribing,
} from '../channels/email/unsubscribe-token.ts';
import type { World } from '../activities/world.ts';
import { html } from '../dsl/html.ts';
import { page } from './page.ts';

export function unsubscribeRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/:token', async (context) => {
    const leaving = await read(world, context.req.param('token'));
    if (leaving === undefined) return invalid(context);
    return page(
      context,
      'Unsubscribe',
      html`<p>Do you want no more of these e-mails?</p>
        <form method="post"><button>Unsubscribe</button></form>`,
    );
  });
  app.post('/:token', async (context) => {
    const leaving = await read(world, context.req.param('token'));
    if (leaving === undefined) return invalid(context);
    await recordBehaviour(world, [
      {
        type: 'track',
        source: 'unsubscribe',
        // Not the token: who subscribes again may leave again by the same link.
        id: world.newId(),
        name: 'Email Unsubscribed',
        at: world.clock(),
        person: leaving.person,
        properties: leaving.topic === EVERY_TOPIC ? {} : { topic: leaving.topic },
      },
    ]);
    return page(context, 'Unsubscribed', html`<p>You will get no more of these e-mails.</p>`);
  });
  return app;
}

async function read(world: World, token: string): Promise<Unsubscribing | undefined> {
  const secret = await world.store.transaction(unsubscribeSecret);
  return readUnsubscribeToken(secret, token);
}

const invalid = (context: Context): Response =>
  page(
    context,
    'This link does not work',
    html`<p>It may have been cut short. Copy all of it from the e-mail.</p>`,
    404,
  );
