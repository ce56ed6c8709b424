/** The answers of the five ways to a Temporal server. */
export type How = 'address' | 'path' | 'cache' | 'download' | 'go';

export type FoundServer =
  | { readonly how: 'address'; readonly address: string }
  | { readonly how: Exclude<How, 'address'>; readonly program: string };

/** Why a way leads nowhere, and what would open it: whole sentences. */
export interface NotFound {
  readonly reason: string;
  readonly fix: string;
}

export type Answer = FoundServer | NotFound;
