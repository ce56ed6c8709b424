/** What each of the five ways to a Temporal server answers. */
export type How = 'address' | 'path' | 'cache' | 'download' | 'go';

export type FoundServer =
  | { readonly how: 'address'; readonly address: string }
  | { readonly how: Exclude<How, 'address'>; readonly program: string };

/** Why there is no server this way, and what to do to have one: whole sentences. */
export interface NotFound {
  readonly reason: string;
  readonly fix: string;
}

export type Answer = FoundServer | NotFound;
