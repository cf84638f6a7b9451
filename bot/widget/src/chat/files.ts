// Files on their way: sent one after the other, with progress; fetched with the conversation's key, never by address.
import type { FileCard } from "./protocol";
import { request, server } from "./server";
import type { Item } from "./transcript";

/** The headers that open the conversation's door. */
export type Headers = Record<string, string>;

export interface Receipt {
  ok: boolean;
  seq?: number;
  file?: { id: string; name: string; size: number; media_type: string };
  error?: string;
}

interface Listener {
  /** More of a file has arrived. */
  progress(item: Item): void;
  /** The server has it, or why not: its error, or `failed`. */
  done(item: Item, receipt: Receipt): void;
}

/** A name as a header can carry it; halves of characters, which no name should hold, become marks. */
function headerName(name: string): string {
  return encodeURIComponent(name.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<=^|[^\ud800-\udbff])[\udc00-\udfff]/g, "?"));
}

function answerOf(sent: XMLHttpRequest): Receipt {
  try {
    const answer = JSON.parse(sent.responseText) as Receipt;
    if (sent.status < 300 || answer.error) return answer;
  } catch {
    // A proxy's page, or nothing.
  }
  return { ok: false, error: sent.status === 413 ? "too_large" : "failed" };
}

export class Uploads {
  private queue: Item[] = [];
  private sent: XMLHttpRequest | null = null;

  constructor(
    /** Null while there is no conversation. */
    private readonly headers: () => Headers | null,
    private readonly listener: Listener,
  ) {}

  /** Send a file when its turn comes. */
  add(item: Item): void {
    if (!this.queue.includes(item)) this.queue.push(item);
    this.next();
  }

  /** Take one back, sent in part or not at all. */
  cancel(item: Item): void {
    const underway = this.queue[0] === item;
    this.queue = this.queue.filter((one) => one !== item);
    if (underway) this.sent?.abort();
  }

  /** Take all back. */
  clear(): void {
    this.queue = [];
    this.sent?.abort();
  }

  /** Go on, now that there is a conversation. */
  next(): void {
    const item = this.queue[0];
    const headers = this.headers();
    if (this.sent || !item?.upload || headers === null) return;
    this.sent = this.send(item, item.upload, headers);
  }

  private send(item: Item, upload: { file: File; progress: number }, headers: Headers): XMLHttpRequest {
    const sent = new XMLHttpRequest();
    sent.open("POST", `${server.origin}/chat/files`);
    const more = { "Content-Type": "application/octet-stream", "X-File-Name": headerName(item.text), "X-Client-Id": item.key };
    for (const [name, value] of Object.entries({ ...headers, ...more })) sent.setRequestHeader(name, value);
    sent.upload.onprogress = ({ loaded, total }) => {
      upload.progress = total > 0 ? loaded / total : 1;
      this.listener.progress(item);
    };
    sent.onload = () => this.finish(item, answerOf(sent));
    sent.onerror = () => this.finish(item, { ok: false, error: "failed" });
    sent.onabort = () => this.free();
    sent.send(upload.file);
    return sent;
  }

  private finish(item: Item, receipt: Receipt): void {
    this.queue = this.queue.filter((one) => one !== item);
    this.listener.done(item, receipt);
    this.free();
  }

  private free(): void {
    this.sent = null;
    this.next();
  }
}

/** Fetch something of the conversation and hand it to the browser as a file. Rejects when it cannot be had. */
export async function save(path: string, name: string, headers: Headers): Promise<void> {
  const response = await request(path, { headers });
  if (!response.ok) throw new Error(String(response.status));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Where a file of the conversation lies. */
export function fileAddress(file: FileCard): string {
  return `/chat/files/${encodeURIComponent(file.id ?? "")}`;
}
