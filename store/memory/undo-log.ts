/** Remembers how to take back every write of a transaction; taken back in reverse order, none is left. */
export interface UndoLog {
  add(undo: () => void): void;
  /** Takes back everything since the last `clear`. */
  rollBack(): void;
  clear(): void;
}

export function undoLog(): UndoLog {
  let steps: (() => void)[] = [];
  return {
    add(undo) {
      steps.push(undo);
    },
    rollBack() {
      for (let index = steps.length - 1; index >= 0; index -= 1) steps[index]?.();
      steps = [];
    },
    clear() {
      steps = [];
    },
  };
}
