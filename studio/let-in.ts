/**
 * Who may look: with the admin key (a browser asks for it), from this machine where there is none, or whom a proxy has
 * signed in; and who may act: as one who may look, from a page of ours, where acting is allowed.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { notLocal } from '../ingest/local-callers.ts';
import { type LetIn, showsKey } from '../ingest/receive-body.ts';

export interface StudioAccess {
  /** A header that a proxy in front sets for whoever it has signed in, and that nobody else can set. */
  readonly userHeader?: string | undefined;
  /** Whether buttons are there and do something. */
  readonly mayAct: boolean;
  /** Whether people may be taken to their next touch: in development. */
  readonly mayLeap?: boolean | undefined;
}

export const mayLook =
  (letIn: LetIn, { userHeader }: StudioAccess): MiddlewareHandler =>
  async (context, next) => {
    const signedIn = userHeader === undefined ? '' : (context.req.header(userHeader) ?? '');
    if (signedIn !== '' || isLetIn(context, letIn)) return next();
    if (letIn.keys === undefined)
      return context.text(
        'Without CULTIVO_ADMIN_KEY the studio is there for this machine alone.',
        403,
      );
    return context.text('The admin key, please, as user name.', 401, {
      'www-authenticate': 'Basic realm="Cultivo studio: the admin key as user name"',
    });
  };

/** A form of ours is no JSON: that another page has sent it, its origin says. */
function isLetIn(context: Context, letIn: LetIn): boolean {
  if (letIn.keys !== undefined) return showsKey(context, letIn, {});
  return notLocal(context, { asForm: true }) === undefined;
}

/** Browsers send it with every form; a page elsewhere cannot take it away. */
export const isFromHere = (context: Context): boolean => {
  const origin = context.req.header('origin');
  const site = context.req.header('sec-fetch-site');
  const isOwn =
    origin !== undefined &&
    URL.canParse(origin) &&
    new URL(origin).host === context.req.header('host');
  return isOwn && (site === undefined || site === 'same-origin');
};
