// The conversation that is open: what was said in it, what is still on its way, and what can be done with it.
import { api, asApiError, newId, type ApiError, type Upload } from "./api";
import type { Colleague } from "./records";
import type { Detail, Message, Note, Owner, Staff } from "./types";

const TYPING_MS = 15_000;

export interface Pending {
  clientId: string;
  text: string;
  failed: ApiError | null;
}

export interface Sending {
  clientId: string;
  name: string;
  share: number;
  failed: ApiError | null;
  upload: Upload;
}

export type Entry = { kind: "message"; message: Message } | { kind: "note"; note: Note };

/** What of the desk a conversation needs to know and to tell. */
export interface Desk {
  readonly staff: Staff | null;
  readonly admin: boolean;
  readonly colleagues: readonly Colleague[];
  changed(): void;
  refused(error: unknown): void;
  refreshQueue(): Promise<void>;
}

export class Open {
  detail: Detail | null = null;
  problem: ApiError | null = null;
  pending: Pending[] = [];
  sending: Sending[] = [];
  customerTyping = false;
  seenSeq = 0;
  /** Who answers instead, after a try that came too late. */
  taken: Owner | null = null;
  busy = false;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private left = false;

  constructor(
    readonly id: string,
    private readonly desk: Desk,
  ) {}

  leave(): void {
    this.left = true;
    clearTimeout(this.typingTimer);
  }

  get mine(): boolean {
    const row = this.detail?.conversation;
    return row?.owner === "person" && row.owner_id === this.desk.staff?.id;
  }

  /** Whether a person may take it over now: nobody else answers, or somebody whose account has ended. */
  get free(): boolean {
    const row = this.detail?.conversation;
    if (row?.owner === "person") return this.desk.colleagues.length > 0 && !this.desk.colleagues.some(({ id }) => id === row.owner_id);
    return row?.owner === "assistant" || row?.owner === "waiting";
  }

  /** Whether it can be given to a colleague: by whoever answers, and by an admin when somebody else does. */
  get mayAssign(): boolean {
    return this.mine || (this.desk.admin && this.detail?.conversation.owner === "person");
  }

  get lastSeq(): number {
    return this.detail?.messages.reduce((highest, { seq }) => Math.max(highest, seq), 0) ?? 0;
  }

  /** Messages and notes in the order they belong. */
  get entries(): Entry[] {
    if (!this.detail) return [];
    const placed = [
      ...this.detail.messages.map((message) => ({ at: message.seq, entry: { kind: "message", message } as Entry })),
      ...this.detail.notes.map((note) => ({ at: note.after_seq + 0.5, entry: { kind: "note", note } as Entry })),
    ];
    return placed.sort((a, b) => a.at - b.at).map(({ entry }) => entry);
  }

  async load(): Promise<void> {
    try {
      const fresh = await api.detail(this.id);
      if (this.left) return;
      // What came by socket while this was fetched stays.
      const known = new Set(fresh.messages.map(({ seq }) => seq));
      const newest = fresh.messages.at(-1)?.seq ?? 0;
      const later = this.detail?.messages.filter(({ seq }) => seq > newest && !known.has(seq)) ?? [];
      fresh.messages.push(...later);
      this.detail = fresh;
      this.seenSeq = Math.max(this.seenSeq, fresh.conversation.seen_seq ?? 0);
      this.problem = null;
      this.settle(later);
      this.read();
    } catch (error) {
      if (this.left) return;
      this.problem = asApiError(error);
      // Erased: what was said is not to be read any longer.
      if (this.problem.status === 404) this.detail = null;
    }
    this.desk.changed();
  }

  add(message: Message): void {
    if (!this.detail) return;
    const { messages } = this.detail;
    const index = messages.findIndex(({ seq }) => seq === message.seq);
    if (index >= 0) messages[index] = { ...messages[index], ...message };
    else {
      messages.push(message);
      messages.sort((a, b) => a.seq - b.seq);
    }
    if (message.author === "customer") this.typed(false);
    this.settle([message]);
    this.read();
    this.desk.changed();
  }

  owned(owner: Owner): void {
    if (!this.detail) return;
    const row = this.detail.conversation;
    row.owner = owner.state;
    row.owner_name = owner.name;
    row.owner_id = owner.staff_id ?? null;
    if (this.mine) this.taken = null;
    this.desk.changed();
  }

  typed(on: boolean): void {
    clearTimeout(this.typingTimer);
    this.customerTyping = on;
    if (on) this.typingTimer = setTimeout(() => this.typed(false), TYPING_MS);
    this.desk.changed();
  }

  seen(seq: number): void {
    this.seenSeq = Math.max(this.seenSeq, seq);
    this.desk.changed();
  }

  /** How far a message of the customer's came. */
  advanced(messageId: string, came: string): void {
    const message = this.detail?.messages.find(({ message_id }) => message_id === messageId);
    if (message) message.state = came;
    this.desk.changed();
  }

  /** Tell the server that the desk has read up to here; a colleague's conversation is the colleague's to read. */
  read(): void {
    if (document.visibilityState !== "visible" || !this.detail) return;
    if (this.detail.conversation.owner === "person" && !this.mine) return;
    if (this.detail.conversation.unread === 0 && !this.mine) return;
    void api.read(this.id, this.lastSeq).catch(() => {});
  }

  /** Do something that changes who answers. True when it worked; a refusal is shown. */
  async act(action: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.desk.changed();
    try {
      await action();
      return true;
    } catch (error) {
      const refusal = asApiError(error);
      if (refusal.owner) this.taken = refusal.owner;
      else this.desk.refused(refusal);
      return false;
    } finally {
      this.busy = false;
      void this.desk.refreshQueue();
      await this.load();
    }
  }

  async reply(text: string): Promise<void> {
    const pending: Pending = { clientId: newId(), text, failed: null };
    this.pending.push(pending);
    await this.deliver(pending);
  }

  /** Send, or send again: the id makes it one message however often. */
  async deliver(pending: Pending): Promise<void> {
    pending.failed = null;
    this.desk.changed();
    try {
      const { message } = await api.reply(this.id, pending.text, pending.clientId);
      this.pending = this.pending.filter((other) => other !== pending);
      this.add(message);
    } catch (error) {
      pending.failed = asApiError(error);
      if (pending.failed.owner) {
        this.taken = pending.failed.owner;
        void this.load();
      }
    }
    this.desk.changed();
  }

  drop(pending: Pending): void {
    this.pending = this.pending.filter((other) => other !== pending);
    this.desk.changed();
  }

  async note(text: string): Promise<boolean> {
    try {
      const { note } = await api.note(this.id, text);
      const notes = this.detail?.notes;
      if (notes && !notes.some(({ id }) => id === note.id)) notes.push(note);
      this.desk.changed();
      return true;
    } catch (error) {
      this.desk.refused(error);
      return false;
    }
  }

  async send(file: File): Promise<void> {
    const clientId = newId();
    const upload = api.upload(this.id, file, clientId, (share) => {
      sending.share = share;
      this.desk.changed();
    });
    const sending: Sending = { clientId, name: file.name, share: 0, failed: null, upload };
    this.sending.push(sending);
    this.desk.changed();
    try {
      const message = await upload.done;
      this.forget(sending);
      this.add(message);
    } catch (error) {
      sending.failed = asApiError(error);
      if (sending.failed.code === "cancelled") this.forget(sending);
    }
    this.desk.changed();
  }

  forget(sending: Sending): void {
    this.sending = this.sending.filter((other) => other !== sending);
    this.desk.changed();
  }

  /** What has arrived is no longer on its way. */
  private settle(messages: Message[]): void {
    for (const { author, text } of messages) {
      const at = author === "person" ? this.pending.findIndex((one) => one.text === text && !one.failed) : -1;
      if (at >= 0) this.pending.splice(at, 1);
    }
  }
}
