/** The lanes. A new one is its file and a line here. */
import type { Lane } from '../../store/rows.ts';
import { crmLane } from '../../channels/crm/crm-lane.ts';
import { emailLane } from '../../channels/email/email-lane.ts';
import type { LaneKind } from './lane-kind.ts';
import { signalsLane } from './signals-lane.ts';

const LANES: { readonly [L in Lane]: LaneKind } = {
  email: emailLane,
  crm: crmLane,
  signals: signalsLane,
};

export const laneKind = (lane: Lane): LaneKind => LANES[lane];
