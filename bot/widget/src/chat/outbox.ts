// What the visitor sends, words and files: each written into the transcript first, sent when there is a line, sent again
// after a broken one, and told apart from what the server refuses.
import type { Key } from "../i18n";
import type { Connection } from "./connection";
import { Uploads, type Headers, type Receipt } from "./files";
import type { Config } from "./protocol";
import type { Item, Transcript } from "./transcript";

/** What of the session the outbox works with. */
export interface Sender {
  readonly transcript: Transcript;
  readonly connection: Connection;
  readonly language: string;
  readonly about: Config | null;
  readonly headers: Headers | null;
  t(key: Key): string;
  /** Connect, and write down that the chat is in use. */
  begin(): void;
  changed(): void;
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const FILE_PROBLEMS = ["too_large", "type", "empty", "too_many", "session"] as const;
const HOPELESS = ["too_large", "type", "empty"];

export class Outbox {
  private readonly underway = new Set<string>();
  private readonly uploads: Uploads;

  constructor(private readonly session: Sender) {
    this.uploads = new Uploads(() => session.headers, {
      progress: () => session.changed(),
      done: (item, receipt) => this.uploaded(item, receipt),
    });
  }

  /** Say something; `payload` is sent instead when it is a chosen reply. */
  write(words: string, payload?: string): void {
    this.post(this.session.transcript.write(newId(), words, payload));
  }

  attach(files: Iterable<File>): void {
    for (const file of files) this.post(this.session.transcript.attach(newId(), file));
  }

  /** Take a file back before it has arrived. */
  cancel(item: Item): void {
    this.uploads.cancel(item);
    this.session.transcript.drop(item.key);
    this.session.changed();
  }

  retry(item: Item): void {
    item.delivery = "sending";
    item.problem = undefined;
    this.post(item);
  }

  /** There is a line: send what waits for one. */
  flush(): void {
    for (const item of this.session.transcript.unsent) this.dispatch(item);
  }

  /** The conversation is over: forget what was on its way. */
  clear(): void {
    this.underway.clear();
    this.uploads.clear();
  }

  private post(item: Item): void {
    this.session.begin();
    this.dispatch(item);
    this.session.changed();
  }

  private dispatch(item: Item): void {
    if (item.upload) this.send(item, item.upload.file.size);
    else if (this.session.connection.ready) void this.deliver(item);
  }

  private send(item: Item, size: number): void {
    const most = (this.session.about?.max_upload_mb ?? Infinity) * 1_000_000;
    if (size === 0) this.uploaded(item, { ok: false, error: "empty" });
    else if (size > most) this.uploaded(item, { ok: false, error: "too_large" });
    else this.uploads.add(item);
  }

  private async deliver(item: Item): Promise<void> {
    const { key: clientId, text: words, payload } = item;
    if (this.underway.has(clientId)) return;
    this.underway.add(clientId);
    const { connection, language, transcript } = this.session;
    const answer = await connection.send({ clientId, message: payload ?? words, language });
    this.underway.delete(clientId);
    if (answer?.ok) transcript.acknowledge(clientId, answer.seq);
    else if (answer) transcript.fail(clientId, this.session.t(`refused.${answer.error}`));
    else if (connection.ready) transcript.fail(clientId);
    this.session.changed();
  }

  private uploaded(item: Item, { ok, seq, file, error }: Receipt): void {
    const { transcript } = this.session;
    const problem = FILE_PROBLEMS.find((one) => one === error) ?? "failed";
    if (ok) transcript.acknowledge(item.key, seq, file && { type: "file", ...file });
    else transcript.fail(item.key, this.session.t(`file.${problem}`), HOPELESS.includes(problem));
    this.session.changed();
  }
}
