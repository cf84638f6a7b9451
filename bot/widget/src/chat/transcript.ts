// The messages of one conversation, each once and in the server's order, however often and whenever they arrive.
import type { Author, BotUttered, Card, Choice, FileCard, MessageState, Remembered, UserMessage } from "./protocol";

/** Underway, refused or never acknowledged, or how far the server says it came. */
export type Delivery = "sending" | "failed" | "sent" | "unanswered" | "person" | "handed_over";

const DELIVERIES: Record<MessageState, Delivery> = {
  received: "sent",
  answered: "sent",
  failed: "unanswered",
  person: "person",
  handed_over: "handed_over",
};

export interface Item {
  key: string;
  author: "you" | Author;
  name?: string;
  text: string;
  language?: string;
  at: Date;
  /** Place in the conversation; absent until the server has given one. */
  seq?: number;
  /** What is sent when it differs from what is shown: the payload of a quick reply. */
  payload?: string;
  delivery?: Delivery;
  problem?: string;
  /** Sending it again would end the same way. */
  hopeless?: boolean;
  card?: Card;
  /** A file of this tab that the server does not have yet, and how much of it has arrived, 0 to 1. */
  upload?: { file: File; progress: number };
  choices: readonly Choice[];
}

function moment(iso: string | undefined): Date {
  const at = new Date(iso ?? Date.now());
  return Number.isNaN(at.getTime()) ? new Date() : at;
}

export class Transcript {
  private items: Item[] = [];
  private counter = 0;

  /** Everything said, oldest first; what has no place yet comes last, in the order it was written. */
  get all(): readonly Item[] {
    return this.items;
  }

  /** The highest place seen: what a reconnect names to get the rest. */
  get lastSeq(): number {
    return this.items.reduce((highest, item) => Math.max(highest, item.seq ?? 0), 0);
  }

  /** The replies that can be chosen now: those of the last message, when it is not the customer's own. */
  get choices(): readonly Choice[] {
    return this.items.at(-1)?.choices ?? [];
  }

  /** Messages of this tab that the server has not acknowledged. */
  get unsent(): Item[] {
    return this.items.filter((item) => item.delivery === "sending");
  }

  /** How many messages to the customer came after this place. */
  unread(seen: number): number {
    return this.items.filter(({ author, seq = 0 }) => author !== "you" && seq > seen).length;
  }

  write(clientId: string, text: string, payload?: string): Item {
    const item: Item = { key: clientId, author: "you", text, payload, at: new Date(), delivery: "sending", choices: [] };
    this.items.push(item);
    return item;
  }

  /** A file that is to be sent. */
  attach(clientId: string, file: File): Item {
    const item = this.write(clientId, file.name);
    item.card = { type: "file", name: file.name, size: file.size };
    item.upload = { file, progress: 0 };
    return item;
  }

  /** Take an own message back that the server does not have. */
  drop(clientId: string): void {
    this.items = this.items.filter((item) => item.key !== clientId);
  }

  acknowledge(clientId: string, seq: number | undefined, card?: FileCard): void {
    const item = this.find(clientId);
    if (!item) return;
    item.upload = undefined;
    item.card = card ?? item.card;
    if (item.delivery === "sending" || item.delivery === "failed") item.delivery = "sent";
    item.problem = undefined;
    item.seq ??= seq;
    this.sort();
  }

  fail(clientId: string, problem?: string, hopeless = false): void {
    const item = this.find(clientId);
    if (item?.delivery !== "sending") return;
    item.delivery = "failed";
    item.problem = problem;
    item.hopeless = hopeless;
  }

  /** The server's later word on an own message. */
  advance(clientId: string, state: MessageState): void {
    const item = this.find(clientId);
    if (item) item.delivery = DELIVERIES[state];
  }

  /** An own message from another tab, from the history, or from this tab when its acknowledgement was lost. */
  echo({ text, seq, client_id, state, card, at }: UserMessage): void {
    const delivery = DELIVERIES[state ?? "received"];
    if (client_id && this.find(client_id)) {
      this.acknowledge(client_id, seq, card?.type === "file" ? card : undefined);
      if (state) this.advance(client_id, state);
      return;
    }
    if (this.seen(seq)) return;
    const key = client_id || this.nextKey();
    this.add({ key, author: "you", text, at: moment(at), seq, delivery, card: card ?? undefined, choices: [] });
  }

  /** A message to the customer, unless it is there already. */
  receive({ text = "", quick_replies = [], metadata = {} }: BotUttered): void {
    const { seq, author = "assistant", name, language, at } = metadata;
    const card = metadata.card ?? undefined;
    if (this.seen(seq) || (text === "" && quick_replies.length === 0 && !card)) return;
    // A notice that is not kept has no number, and one that is repeated says nothing new.
    if (seq === undefined && this.items.at(-1)?.text === text) return;
    const key = this.nextKey();
    this.add({ key, author, name: name ?? undefined, text, language, at: moment(at), seq, card, choices: quick_replies });
  }

  /** What was missed, or all of it after a reload. With a gap before it, only the newest remain. */
  replay(messages: readonly Remembered[], truncated: boolean): void {
    if (truncated) this.items = this.items.filter((item) => item.seq === undefined);
    for (const message of messages) {
      const { direction, text, seq, author, name, language, card, at } = message;
      if (direction === "in") this.echo(message);
      else {
        const quick_replies = message.quick_replies ?? [];
        const said = author === "customer" ? "assistant" : author;
        this.receive({ text, quick_replies, metadata: { seq, author: said, name, language, card, at } });
      }
    }
  }

  /** A word of the interface itself, such as an expired sign-in. It has no place in the conversation. */
  notice(text: string): void {
    if (this.items.at(-1)?.text === text) return;
    this.add({ key: this.nextKey(), author: "system", text, at: new Date(), choices: [] });
  }

  clear(): void {
    this.items = [];
  }

  /** Another conversation begins: only what has not been sent yet goes along. */
  keepUnsent(): void {
    this.items = this.unsent;
  }

  private nextKey(): string {
    this.counter += 1;
    return `message-${this.counter}`;
  }

  private find(clientId: string): Item | undefined {
    return this.items.find((item) => item.key === clientId);
  }

  private seen(seq: number | undefined): boolean {
    return seq !== undefined && this.items.some((item) => item.seq === seq);
  }

  private add(item: Item): void {
    this.items.push(item);
    this.sort();
  }

  /** Numbered messages by number; notices keep their neighbour before them; what is not stored yet comes last. */
  private sort(): void {
    let last = 0;
    const placed = this.items.map((item, index) => {
      const waiting = item.seq === undefined && item.delivery === "sending";
      const place = waiting ? Infinity : (item.seq ?? last);
      if (!waiting) last = place;
      return { item, place, index };
    });
    placed.sort((a, b) => (a.place === b.place ? a.index - b.index : a.place - b.place));
    this.items = placed.map(({ item }) => item);
  }
}
