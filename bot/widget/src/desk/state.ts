// What the whole desk knows. Parts of the page read it and are drawn again when it changes.
import { api, asApiError, introduce, type ApiError } from "./api";
import { knock } from "./alerts";
import { Open, type Desk } from "./open";
import { t } from "./words";
import type { Canned, Colleague } from "./records";
import type { Group, Me, Queue, Row, Staff } from "./types";

export type Phase = "starting" | "signed_out" | "ready" | "unreachable";
export type Link = "connecting" | "online" | "lost";

/** The order the desk looks at conversations in. */
export const groups: readonly Group[] = ["waiting", "mine", "others", "assistant"];

/** A demonstration may have moved the server's date by months; only a true difference of clocks is corrected. */
const LARGEST_SKEW_MS = 12 * 3600_000;

class State extends EventTarget implements Desk {
  phase: Phase = "starting";
  link: Link = "connecting";
  staff: Staff | null = null;
  demo = false;
  foundry = "";
  queue: Queue | null = null;
  colleagues: Colleague[] = [];
  canned: Canned[] | null = null;
  open: Open | null = null;
  /** What was just done, for the line that is read aloud. */
  said = "";
  /** A refusal nobody has dealt with yet. */
  problem: ApiError | null = null;
  private skew = 0;
  private fetching: Promise<void> | null = null;
  private again = false;

  /** The server's time, in milliseconds. */
  get now(): number {
    return Date.now() + this.skew;
  }

  get admin(): boolean {
    return this.staff?.role === "admin";
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }

  say(words: string): void {
    this.said = words;
    this.changed();
  }

  /** Show a refusal until it is closed. */
  refused(error: unknown): void {
    this.problem = asApiError(error);
    if (this.problem.code === "signed_out" || this.problem.code === "cancelled") this.problem = null;
    this.changed();
  }

  /** Ask the server who we are. */
  async start(): Promise<void> {
    try {
      if ((await api.offer()).signed_in === false) this.phase = "signed_out";
      else this.signedIn(await api.me());
    } catch (error) {
      this.phase = asApiError(error).status === 401 ? "signed_out" : "unreachable";
    }
    this.changed();
  }

  /** False only when the server says that we are not. */
  async stillSignedIn(): Promise<boolean> {
    try {
      return (await api.offer()).signed_in !== false;
    } catch {
      return true;
    }
  }

  private signedIn(me: Me): void {
    introduce(me);
    this.staff = me.staff;
    this.demo = me.demo;
    this.phase = "ready";
  }

  signedOut(): void {
    this.phase = "signed_out";
    this.staff = this.queue = this.open = this.canned = this.problem = null;
    this.colleagues = [];
    this.changed();
  }

  /** Fetch the queue; calls while one is under way become one more. */
  refreshQueue(): Promise<void> {
    if (this.fetching) {
      this.again = true;
      return this.fetching;
    }
    this.fetching = this.fetchQueue().finally(() => {
      this.fetching = null;
      if (this.again) {
        this.again = false;
        void this.refreshQueue();
      }
    });
    return this.fetching;
  }

  private async fetchQueue(): Promise<void> {
    try {
      const fresh = await api.queue();
      const skew = Date.parse(fresh.now) - Date.now();
      this.skew = Math.abs(skew) < LARGEST_SKEW_MS ? skew : 0;
      this.announce(fresh);
      this.queue = fresh;
    } catch (error) {
      if (this.queue === null) this.refused(error);
    }
    this.changed();
  }

  /** Whoever waits now and did not a moment ago, and whoever wrote to me unseen: read aloud, sound, notification. */
  private announce(fresh: Queue): void {
    const before = this.queue;
    if (before === null) return;
    const waited = new Set(before.waiting.map(({ id }) => id));
    const unread = new Map(before.mine.map((row) => [row.id, row.unread]));
    const arrived = fresh.waiting.find(({ id }) => !waited.has(id));
    const wrote = fresh.mine.find(({ id, unread: now }) => now > (unread.get(id) ?? now) && !this.looksAt(id));
    const about = arrived ?? wrote;
    if (!about) return;
    const name = about.who.name ?? t("who.stranger");
    this.said = t(arrived ? "announce.waiting" : "announce.wrote", { name });
    knock(this.said, about.last?.text ?? "", about.id);
  }

  private looksAt(id: string): boolean {
    return this.open?.id === id && document.visibilityState === "visible";
  }

  rows(): Row[] {
    const queue = this.queue;
    return queue === null ? [] : groups.flatMap((group) => queue[group]);
  }

  /** Open a conversation, or none. */
  show(id: string | null): void {
    if (this.open?.id === id) return;
    this.open?.leave();
    this.open = id === null ? null : new Open(id, this);
    // Told first, fetched then: what is said in between comes by the socket.
    this.changed();
    void this.open?.load();
  }

  async loadCanned(): Promise<void> {
    try {
      const { rows, foundry } = await api.canned();
      this.canned = rows;
      this.foundry = foundry;
    } catch (error) {
      this.refused(error);
    }
    this.changed();
  }
}

export const state = new State();
