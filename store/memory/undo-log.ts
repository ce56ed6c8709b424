/**
 * Remembers how to take back every write of a transaction; taken back in reverse order, none is left.
 * A step is a function and what it needs, kept side by side: closures would cost more than the writes.
 */
export interface UndoLog {
  add<Subject, Before>(
    undo: (subject: Subject, before: Before) => void,
    subject: Subject,
    before: Before,
  ): void;
  /** Takes back everything since the last `clear`. */
  rollBack(): void;
  clear(): void;
}

export function undoLog(): UndoLog {
  let undos: ((subject: never, before: never) => void)[] = [];
  let subjects: unknown[] = [];
  let befores: unknown[] = [];

  function clear(): void {
    undos = [];
    subjects = [];
    befores = [];
  }

  return {
    add(undo, subject, before) {
      undos.push(undo);
      subjects.push(subject);
      befores.push(before);
    },
    rollBack() {
      for (let index = undos.length - 1; index >= 0; index -= 1) {
        // `add` took the three together, with types that fit each other.
        undos[index]?.(subjects[index] as never, befores[index] as never);
      }
      clear();
    },
    clear,
  };
}
