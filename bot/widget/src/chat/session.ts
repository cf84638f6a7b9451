// One visitor's conversation as a state machine: what happens, never how it looks. It owns the transcript, the
// connection, the files on their way and what the browser remembers; `changed` is called whenever anything of it is new.
import { languages, text, type Key, type Values } from "../i18n";
import { config } from "./config";
import { Connection, type Link } from "./connection";
import { fileAddress, save, type Headers } from "./files";
import { memory, type Visitor } from "./memory";
import { Outbox, type Sender } from "./outbox";
import { Presence } from "./presence";
import type { Acts, BotUttered, Config, Done, FileCard, Owner, SessionInfo } from "./protocol";
import { json } from "./server";
import { Transcript } from "./transcript";
import { Verdict } from "./verdict";

/** Asks whether to go on as somebody although another conversation is open. */
export type Sure = (name: string) => Promise<boolean>;

const FOLLOW_MS = 300;

/** Whose token it is, unchecked: only to see whether two are the same person's. */
function subject(token: string): unknown {
  try {
    const claims = token.split(".")[1] ?? "";
    return (JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))) as { sub?: unknown }).sub;
  } catch {
    return token;
  }
}

export class Session implements Sender {
  /** Language of the interface; the assistant is told with every message. */
  language = "nb";
  /** Name of the foundry until the server has said it. */
  foundry = "";
  about: Config | null = null;
  link: Link = "idle";
  /** The line was lost since the conversation was opened. */
  wasLost = false;
  owner: { who: Owner; name: string } = { who: "assistant", name: "" };
  visitor: Visitor | null = memory.visitor;
  keepDays: number | null = null;
  readonly transcript = new Transcript();

  readonly presence = new Presence(() => this.connection, () => this.changed());
  readonly verdict = new Verdict(() => this.connection, () => this.changed());
  readonly outbox = new Outbox(this);

  private token: string | null = memory.conversation;
  private erasing = false;
  private stopWatching: (() => void) | undefined;

  readonly connection = new Connection(
    {
      link: (state) => this.linked(state),
      confirmed: (token) => this.confirmed(token),
      informed: (info) => this.informed(info),
      replayed: (messages, truncated) => this.change(() => this.transcript.replay(messages, truncated)),
      said: (said) => this.heard(said),
      own: (own) => this.change(() => this.transcript.echo(own)),
      advanced: (clientId, state) => this.change(() => this.transcript.advance(clientId, state)),
      typing: (on) => this.presence.setTyping(on),
      owned: (who, name) => this.change(() => this.own(who, name)),
      seenByDesk: (seq) => this.change(() => (this.presence.seenByDesk = seq)),
      identified: (identity) => this.identified(identity),
      refused: () => this.expired(),
      erased: () => this.erased(),
    },
    () => ({ session_id: this.token, last_seq: this.transcript.lastSeq, language: this.language }),
    () => this.visitor?.token,
  );

  constructor(readonly changed: () => void) {}

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
      (seq) => this.change(() => (this.presence.seen = seq)),
    );
    if (this.token !== null || this.visitor !== null) this.open();
  }

  stop(): void {
    this.stopWatching?.();
    this.outbox.clear();
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
  async resume(proof: { token: string } | { email: string; code: string }, sure?: Sure): Promise<void> {
    const { session_id, identity } = await json<{ session_id: string; identity?: Visitor }>("/chat/resume", proof);
    const another = memory.conversation !== null && memory.conversation !== session_id;
    if (another && sure && !(await sure(identity?.name ?? ""))) return;
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

  private heard(said: BotUttered): void {
    this.change(() => this.transcript.receive(said));
    const { author = "assistant", language } = said.metadata ?? {};
    if (author === "assistant" && language && language !== this.language && languages.includes(language)) this.answeredIn(language);
  }

  /** Which language the assistant has just answered in, where it is another than that of the interface: set by whoever shows it. */
  answeredIn: (language: string) => void = () => undefined;

  /** Where words go that could not be sent: set by whoever shows the field. */
  returned: (words: string) => void = () => undefined;

  // --- the conversation -----------------------------------------------------------------------------------------

  /** What opens the conversation's door over HTTP; null while there is no line. */
  get headers(): Headers | null {
    if (this.token === null || !this.connection.ready) return null;
    const identity: Headers = this.visitor ? { "X-Smelt-Identity": this.visitor.token } : {};
    return { Authorization: `Bearer ${this.token}`, ...identity };
  }

  /** Leave the conversation, here and in the browser's memory. */
  leave(): void {
    memory.conversation = null;
    this.enter(null);
  }

  /** Begin from empty: in no conversation, or in the one of a token. */
  private enter(token: string | null): void {
    this.connection.close();
    this.outbox.clear();
    this.presence.reset();
    this.owner = { who: "assistant", name: "" };
    this.token = token;
    this.verdict.reset();
    this.wasLost = false;
    this.change(() => this.transcript.clear());
  }

  /** Another tab began a conversation, or left it: a moment later, as the server says why if it was deleted. */
  private follow(token: string | null): void {
    setTimeout(() => {
      if (token === this.token || token !== memory.conversation || this.visitor !== null || this.erasing) return;
      this.enter(token);
      if (token !== null) this.open();
    }, FOLLOW_MS);
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
    if (state === "lost") this.presence.setTyping(false);
  }

  private confirmed(token: string): void {
    if (this.token !== null && token !== this.token) {
      this.transcript.keepUnsent();
      this.presence.seen = 0;
    }
    this.token = token;
    this.remember();
    this.outbox.flush();
    this.changed();
  }

  private informed({ owner, name, contact, rating, keep_days, seen_by_desk }: SessionInfo): void {
    this.verdict.given = typeof rating === "number";
    this.keepDays = keep_days ?? this.keepDays;
    this.presence.seenByDesk = seen_by_desk ?? this.presence.seenByDesk;
    if (this.visitor && contact && this.visitor.name !== contact) {
      memory.visitor = this.visitor = { ...this.visitor, name: contact };
    }
    this.change(() => this.own(owner, name ?? ""));
  }

  private own(who: Owner, name: string): void {
    this.verdict.consider(this.owner.who, who);
    this.owner = { who, name };
  }

  /** The conversation is written down once something has been said in it. */
  private remember(): void {
    if (this.token === null || (this.transcript.all.length === 0 && this.visitor === null)) return;
    memory.conversation = this.token;
    memory.language = this.language;
  }

  /** Say something in the conversation that is no part of it. */
  tell(key: Key, values: Values = {}): void {
    this.change(() => this.transcript.notice(this.t(key, values)));
  }

  private change(action: () => unknown): void {
    action();
    this.changed();
  }

  /** The visitor says or sends something. */
  begin(): void {
    this.open();
    this.remember();
  }

  /** Speak another language. In the middle of a talk the assistant is asked to, in words, as one would ask a person. */
  speak(language: string): void {
    this.language = language;
    const begun = this.transcript.all.some(({ seq }) => seq !== undefined);
    if (begun && this.owner.who !== "person") this.outbox.write(this.t("chat.speak"));
  }

  get unread(): number {
    return this.transcript.unread(this.presence.seen);
  }

  // --- what else there is ---------------------------------------------------------------------------------------

  act<Act extends keyof Acts>(act: Act, values: Acts[Act]): Promise<Done> {
    return this.connection.act(act, values);
  }

  /** Delete the conversation everywhere. False when the server did not say that it is gone. */
  async erase(): Promise<boolean> {
    this.erasing = true;
    const { ok, kept = [] } = await this.act("delete_conversation", {});
    this.erasing = false;
    if (ok) this.erased();
    if (kept.length > 0) this.tell("erase.kept", { cases: kept.map((one) => one.case_no).join(", ") });
    return ok;
  }

  private erased(): void {
    // The answer to one's own wish says more, and needs the line that leaving closes.
    if (this.erasing) return;
    this.leave();
    memory.language = null;
    this.tell("erase.done");
  }

  /** Save a file of the conversation, or all that was said in it. False when it cannot be had now. */
  async save(what: FileCard | "transcript"): Promise<boolean> {
    try {
      if (this.headers === null) return false;
      if (what === "transcript") await save("/chat/transcript", `${this.t("transcript.file")}.txt`, this.headers);
      else await save(fileAddress(what), what.name, this.headers);
      return true;
    } catch {
      return false;
    }
  }
}
