/** What our workflows can be searched by in Temporal's own UI; ids only, never personal data. */
export const SEARCH_ATTRIBUTES = {
  CultivoJourney: 'Keyword',
  CultivoLead: 'Keyword',
  CultivoStep: 'Keyword',
} as const;
