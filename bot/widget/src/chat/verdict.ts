// Whether the visitor is asked how it went: once in a conversation, when a person has ended it or given it back.
import type { Connection } from "./connection";
import { memory } from "./memory";
import type { Owner } from "./protocol";

export class Verdict {
  /** Whether the question stands, or was just answered. */
  state: "none" | "asked" | "thanked" = "none";
  /** The server has a verdict on this conversation. */
  given = false;

  constructor(
    private readonly connection: () => Connection,
    private readonly changed: () => void,
  ) {}

  /** Another conversation begins. */
  reset(): void {
    this.state = "none";
    this.given = false;
  }

  /** Somebody else answers from now on: perhaps it is over. */
  consider(before: Owner, now: Owner): void {
    const over = now === "closed" || (before === "person" && now === "assistant");
    if (over && !this.given && !memory.asked) this.state = "asked";
  }

  /** Answer. False when the answer did not arrive. */
  async give(score: number, words: string): Promise<boolean> {
    const { ok } = await this.connection().act("rate", words === "" ? { score } : { score, text: words });
    if (ok) {
      this.given = memory.asked = true;
      this.state = "thanked";
      this.changed();
    }
    return ok;
  }

  /** Do not ask again in this conversation. */
  decline(): void {
    memory.asked = true;
    this.state = "none";
    this.changed();
  }
}
