/** The firm's own people: who sends, who calls, who is notified. */

/** One of the firm's people, as the config lists them. */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

/** Somebody of the firm, named in a journey and looked up in the config when needed. */
export interface Colleague {
  /** A team member's id, or `owner` for the lead's own seller. */
  readonly colleague: string;
}

/** The lead's own seller: its field `owner`, or who the config's `assignOwner` gives it. */
export const owner: Colleague = { colleague: 'owner' };

/** A team member by id. */
export const colleague = (id: string): Colleague => ({ colleague: id });
