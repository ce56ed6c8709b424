/** What is used of the package, which has no types of its own. */
declare module 'fs-native-extensions' {
  /** True when this descriptor has the lock; false when another one has it, of whatever process. */
  export function tryLock(fd: number, offset: number, length: number): boolean;
}
