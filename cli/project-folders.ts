/** Where a project keeps things: plans in git, everything of this machine in `.cultivo`. */
import { join } from 'node:path';

/** @param project the folder of the config. */
export const plansFolder = (project: string): string => join(project, 'plans');
export const dataFolder = (project: string): string => join(project, '.cultivo');

/** @param data a data folder. */
export const storeFolder = (data: string): string => join(data, 'store');
export const devPlansFolder = (data: string): string => join(data, 'plans');
export const temporalFile = (data: string): string => join(data, 'temporal.db');
