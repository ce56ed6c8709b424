/** The one LISTEN/NOTIFY channel; its payload is the lane that got rows. */
export const LANES_CHANNEL = 'cultivo_lanes';
