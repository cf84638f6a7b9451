// Where the server is, and how it is asked. The widget runs on other people's pages, so no address is the page's own.

let origin = location.origin;

export const server = {
  /** Scheme, host and port. */
  get origin(): string {
    return origin;
  },

  /** The server is where this address points. Relative ones, and what is no address, mean the page's own. */
  at(address: string | undefined): void {
    if (address) origin = new URL(address, location.href).origin;
  },
};

/** Ask over HTTP. Rejects when the server is away; a refusal is an answer. */
export function request(path: string, options: RequestInit = {}): Promise<Response> {
  return fetch(origin + path, { credentials: "omit", ...options });
}

/** The server answered, and its answer was no; the message is its `error`, or the status. */
export class Refused extends Error {}

/** Ask, and read the JSON of the answer. Rejects with Refused, or with the browser's own error without an answer. */
export async function json<T>(path: string, body?: unknown): Promise<T> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await request(path, body === undefined ? {} : post);
  const answer = (await response.json().catch(() => ({}))) as T & { error?: string };
  if (!response.ok) throw new Refused(answer.error ?? String(response.status));
  return answer;
}
