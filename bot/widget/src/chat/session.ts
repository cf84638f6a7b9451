// One visitor's conversation as a state machine: what happens, never how it looks. It owns the transcript, the
// connection, the files on their way and what the browser remembers; `changed` is called whenever anything of it is new.
import { text, type Key, type Values } from "../i18n";
import { config } from "./config";
import { Connection, type Link } from "./connection";
import { fileAddress, save, Uploads, type Receipt } from "./files";
import { memory, type Visitor } from "./memory";
import type { Acts, Card, Config, Done, FileCard, Owner, SessionInfo } from "./protocol";
import { json } from "./server";
import { Transcript, type Item } from "./transcript";

const TYPING_MS = 20_000;
/** How often a person who waits for the visitor hears that the visitor still writes. */
const STILL_WRITING_MS = 4_000;

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whose token it is, unchecked: only to see whether two are the same person's. */
function subject(token: string): unknown {
  try {
    const claims = token.split(".")[1] ?? "";
    return (JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))) as { sub?: unknown }).sub;
  } catch {
    return token;
  }
}

export class Session {
  /** Language of the interface; the assistant is told with every message. */
  language = "nb";
  /** Name of the foundry until the server has said it. */
  foundry = "";
  about: Config | null = null;
  link: Link = "idle";
  /** The line was lost since the conversation was opened. */
  wasLost = false;
  typing = false;
  owner: { who: Owner; name: string } = { who: "assistant", name: "" };
  visitor: Visitor | null = memory.visitor;
  keepDays: number | null = null;
  /** Whether the visitor should be asked how it went, or has just answered. */
  rating: "none" | "asked" | "thanked" = "none";
  rated = false;
  /** Up to where a person has read. */
  seenByDesk = 0;
  readonly transcript = new Transcript();

  private token: string | null = memory.conversation;
  private seen = memory.seen;
  private readonly underway = new Set<string>();
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private toldWriting = 0;
  private stopWatching: (() => void) | undefined;

  private readonly uploads = new Uploads(() => this.key, {
    progress: () => this.changed(),
    done: (item, receipt) => this.uploaded(item, receipt),
  });

  private readonly connection = new Connection(
    {
      link: (state) => this.linked(state),
      confirmed: (token) => this.confirmed(token),
      informed: (info) => this.informed(info),
      replayed: (messages, truncated) => this.change(() => this.transcript.replay(messages, truncated)),
      said: (said) => this.change(() => this.transcript.receive(said)),
      own: (own) => this.change(() => this.transcript.echo(own)),
      advanced: (clientId, state) => this.change(() => this.transcript.advance(clientId, state)),
      typing: (on) => this.setTyping(on),
      owned: (who, name) => this.change(() => this.own(who, name)),
      seenByDesk: (seq) => this.change(() => (this.seenByDesk = seq)),
      identified: (identity) => this.identified(identity),
      refused: () => this.expired(),
      erased: () => this.erased(),
    },
    () => ({ session_id: this.token, last_seq: this.transcript.lastSeq, language: this.language }),
    () => this.visitor?.token,
  );

  constructor(private readonly changed: () => void) {}

  /** A word of the interface. */
  readonly t = (key: Key, values: Values = {}): string =>
    text(this.language, key, { foundry: this.about?.foundry.name ?? this.foundry, ...values });

  /** Learn about the server, and go on with a conversation that was begun earlier. */
  start(): void {
    void config().then((about) =>
      this.change(() => {
        this.about = about;
        this.keepDays = about.keep_days ?? this.keepDays;
      }),
    );
    this.stopWatching = memory.watch(
      (token) => this.follow(token),
      (seq) => this.change(() => (this.seen = seq)),
    );
    if (this.token !== null || this.visitor !== null) this.open();
  }

  stop(): void {
    this.stopWatching?.();
    this.uploads.clear();
    this.connection.close();
  }

  /** Connect, unless connected. */
  open(): void {
    this.connection.open();
  }

  // --- who the visitor is ---------------------------------------------------------------------------------------

  /** Go on as a contact with a token of the website. A stranger's conversation, and one's own, goes along. */
  signIn(visitor: Visitor): void {
    const same = this.visitor !== null && subject(this.visitor.token) === subject(visitor.token);
    if (this.visitor !== null && !same) this.forget();
    this.connection.close();
    this.visitor = same ? { ...this.visitor, ...visitor } : visitor;
    memory.visitor = this.visitor;
    this.open();
  }

  /** Forget who this is, and the conversation with it. */
  signOut(): void {
    this.forget();
  }

  /** Come back through a mailed link, or with the code of a mail. Rejects when it does not open anything. */
  async resume(proof: { token: string } | { email: string; code: string }): Promise<void> {
    const { session_id, identity } = await json<{ session_id: string; identity?: Visitor }>("/chat/resume", proof);
    this.forget();
    if (identity) memory.visitor = this.visitor = { token: identity.token, name: identity.name, company: identity.company };
    memory.conversation = this.token = session_id;
    this.open();
  }

  private identified({ token, name, company }: Visitor): void {
    this.change(() => (memory.visitor = this.visitor = { token, name, company }));
  }

  private expired(): void {
    const unsent = this.transcript.unsent.map((item) => item.text).join("\n");
    this.forget();
    this.tell("sign.expired");
    this.returned(unsent);
  }

  /** Where words go that could not be sent: set by whoever shows the field. */
  returned: (words: string) => void = () => undefined;

  // --- the conversation -----------------------------------------------------------------------------------------

  get key(): Record<string, string> | null {
    if (this.token === null || !this.connection.ready) return null;
    const identity: Record<string, string> = this.visitor ? { "X-Smelt-Identity": this.visitor.token } : {};
    return { Authorization: `Bearer ${this.token}`, ...identity };
  }

  /** Leave the conversation, here and in the browser's memory. */
  leave(): void {
    memory.conversation = null;
    this.begin(null);
  }

  private begin(token: string | null): void {
    this.connection.close();
    this.uploads.clear();
    this.underway.clear();
    this.setTyping(false);
    this.owner = { who: "assistant", name: "" };
    this.token = token;
    this.wasLost = this.rated = false;
    this.rating = "none";
    this.seen = this.seenByDesk = 0;
    this.change(() => this.transcript.clear());
  }

  /** Another tab began a conversation, or left it. */
  private follow(token: string | null): void {
    if (token === this.token || this.visitor !== null) return;
    const open = this.link !== "idle";
    this.begin(token);
    if (open && token !== null) this.open();
  }

  private forget(): void {
    this.leave();
    this.visitor = null;
    memory.visitor = null;
  }

  private linked(state: Link): void {
    this.change(() => {
      this.link = state;
      if (state === "lost") this.wasLost = true;
    });
    if (state === "lost") this.setTyping(false);
  }

  private confirmed(token: string): void {
    if (this.token !== null && token !== this.token) {
      this.transcript.keepUnsent();
      this.seen = 0;
    }
    this.token = token;
    this.remember();
    for (const item of this.transcript.unsent) this.dispatch(item);
    this.changed();
  }

  private informed({ owner, name, contact, rating, keep_days, seen_by_desk }: SessionInfo): void {
    this.rated = typeof rating === "number";
    this.keepDays = keep_days ?? this.keepDays;
    this.seenByDesk = seen_by_desk ?? this.seenByDesk;
    if (this.visitor && contact && this.visitor.name !== contact) {
      memory.visitor = this.visitor = { ...this.visitor, name: contact };
    }
    this.change(() => this.own(owner, name ?? ""));
  }

  private own(who: Owner, name: string): void {
    const before = this.owner.who;
    this.owner = { who, name };
    const over = who === "closed" || (before === "person" && who === "assistant");
    if (over && !this.rated && !memory.asked) this.rating = "asked";
  }

  /** The conversation is written down once something has been said in it. */
  private remember(): void {
    if (this.token === null || (this.transcript.all.length === 0 && this.visitor === null)) return;
    memory.conversation = this.token;
    memory.language = this.language;
  }

  /** Say something in the conversation that is no part of it. */
  tell(key: Key): void {
    this.change(() => this.transcript.notice(this.t(key)));
  }

  private change(action: () => unknown): void {
    action();
    this.changed();
  }

  private setTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    if (on) this.typingTimer = setTimeout(() => this.setTyping(false), TYPING_MS);
    this.change(() => (this.typing = on));
  }

  // --- writing --------------------------------------------------------------------------------------------------

  /** Say something; `payload` is sent instead when it is a chosen reply. */
  write(words: string, payload?: string): void {
    this.post(this.transcript.write(newId(), words, payload));
    this.toldWriting = 0;
  }

  attach(files: Iterable<File>): void {
    for (const file of files) this.post(this.transcript.attach(newId(), file));
  }

  /** Take a file back before it has arrived. */
  cancel(item: Item): void {
    this.uploads.cancel(item);
    this.change(() => this.transcript.drop(item.key));
  }

  retry(item: Item): void {
    item.delivery = "sending";
    item.problem = undefined;
    this.post(item);
  }

  private post(item: Item): void {
    this.open();
    this.remember();
    this.dispatch(item);
    this.changed();
  }

  private dispatch(item: Item): void {
    if (item.upload) this.send(item);
    else if (this.connection.ready) void this.deliver(item);
  }

  private send(item: Item): void {
    const size = item.upload?.file.size ?? 0;
    const error = size === 0 ? "empty" : size > (this.about?.max_upload_mb ?? Infinity) * 1_000_000 ? "too_large" : null;
    if (error) this.uploaded(item, { ok: false, error });
    else this.uploads.add(item);
  }

  private async deliver(item: Item): Promise<void> {
    const { key: clientId, text: words, payload } = item;
    if (this.underway.has(clientId)) return;
    this.underway.add(clientId);
    const answer = await this.connection.send({ clientId, message: payload ?? words, language: this.language });
    this.underway.delete(clientId);
    this.change(() => {
      if (answer?.ok) this.transcript.acknowledge(clientId, answer.seq);
      else if (answer) this.transcript.fail(clientId, this.t(`refused.${answer.error}`));
      else if (this.connection.ready) this.transcript.fail(clientId);
    });
  }

  private uploaded(item: Item, { ok, seq, file, error }: Receipt): void {
    this.change(() => {
      if (ok) this.transcript.acknowledge(item.key, seq, file && { type: "file", ...file });
      else this.transcript.fail(item.key, this.t(fileProblem(error)));
    });
  }

  /** The visitor is writing, or has stopped: of interest only where a person reads along. */
  writing(on: boolean): void {
    if (this.owner.who !== "waiting" && this.owner.who !== "person") return;
    const now = Date.now();
    if (on ? now - this.toldWriting < STILL_WRITING_MS : this.toldWriting === 0) return;
    this.toldWriting = on ? now : 0;
    void this.connection.act("user_typing", { typing: on });
  }

  // --- reading --------------------------------------------------------------------------------------------------

  get unread(): number {
    return this.transcript.unread(this.seen);
  }

  /** Everything there is has been on the screen. */
  read(): void {
    const last = this.transcript.lastSeq;
    if (last <= this.seen) return;
    memory.seen = this.seen = last;
    void this.connection.act("seen", { seq: last });
    this.changed();
  }

  // --- what else there is ---------------------------------------------------------------------------------------

  act<Act extends keyof Acts>(act: Act, values: Acts[Act]): Promise<Done> {
    return this.connection.act(act, values);
  }

  /** Answer how it went. False when the answer did not arrive. */
  async rate(score: number, words: string): Promise<boolean> {
    const { ok } = await this.act("rate", words === "" ? { score } : { score, text: words });
    if (ok) this.change(() => ((this.rated = memory.asked = true), (this.rating = "thanked")));
    return ok;
  }

  /** Do not ask again in this conversation. */
  notRating(): void {
    this.change(() => ((memory.asked = true), (this.rating = "none")));
  }

  /** Delete the conversation everywhere. False when the server did not say that it is gone. */
  async erase(): Promise<boolean> {
    const { ok } = await this.act("delete_conversation", {});
    if (ok) this.erased();
    return ok;
  }

  private erased(): void {
    this.leave();
    memory.language = null;
    this.tell("erase.done");
  }

  /** Save a file of the conversation, or all that was said in it. False when it cannot be had now. */
  async save(what: FileCard | "transcript"): Promise<boolean> {
    try {
      if (this.key === null) return false;
      if (what === "transcript") await save("/chat/transcript", `${this.t("transcript.file")}.txt`, this.key);
      else await save(fileAddress(what), what.name, this.key);
      return true;
    } catch {
      return false;
    }
  }
}

function fileProblem(error: string | undefined): Key {
  const known = ["too_large", "type", "empty", "too_many", "session"];
  return `file.${known.includes(error ?? "") ? (error as "type") : "failed"}`;
}

export type { Card };
