// What each side is told of the other: who writes, and up to where the other has read.
import type { Connection } from "./connection";
import { memory } from "./memory";
import type { Owner } from "./protocol";

const TYPING_MS = 20_000;
/** How often a person who waits for the visitor hears that the visitor still writes. */
const STILL_WRITING_MS = 4_000;

export class Presence {
  /** An answer is being written. */
  typing = false;
  /** Up to where a person has read. */
  seenByDesk = 0;
  /** Up to where the visitor has read. */
  seen = memory.seen;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private toldWriting = 0;

  constructor(
    private readonly connection: () => Connection,
    private readonly changed: () => void,
  ) {}

  /** Another conversation begins. */
  reset(): void {
    this.setTyping(false);
    this.seen = this.seenByDesk = 0;
  }

  setTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    // Whoever stopped without a word is not waited for.
    if (on) this.typingTimer = setTimeout(() => this.setTyping(false), TYPING_MS);
    this.typing = on;
    this.changed();
  }

  /** Everything up to here has been on the screen. */
  read(seq: number): void {
    if (seq <= this.seen) return;
    memory.seen = this.seen = seq;
    void this.connection().act("seen", { seq });
    this.changed();
  }

  /** The visitor is writing, or has stopped: of interest only where a person reads along. */
  writing(on: boolean, owner: Owner): void {
    if (owner !== "waiting" && owner !== "person") return;
    const now = Date.now();
    if (on ? now - this.toldWriting < STILL_WRITING_MS : this.toldWriting === 0) return;
    this.toldWriting = on ? now : 0;
    void this.connection().act("user_typing", { typing: on });
  }
}
