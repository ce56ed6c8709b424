/** The search attributes of Cultivo's workflows. Registered once per namespace. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The journey. */
export const JOURNEY_ATTRIBUTE = defineSearchAttributeKey(
  'CultivoJourney',
  SearchAttributeType.KEYWORD,
);
/** The person's opaque id; cohorts of one only. */
export const LEAD_ATTRIBUTE = defineSearchAttributeKey('CultivoLead', SearchAttributeType.KEYWORD);
/** The step where the person stands; cohorts of one only. */
export const STEP_ATTRIBUTE = defineSearchAttributeKey('CultivoStep', SearchAttributeType.KEYWORD);
