// The desk's HTTP API: one function a call. Refusals are ApiErrors with the server's code; no answer is `unreachable`.
import type { AuditEntry, Canned, CaseDetail, CaseRow, CaseState, Erased, Found, Kept, StaffAccount, WrongAnswer } from "./records";
import type { Detail, Flag, Me, Message, Note, Owner, Presence, Queue, Role, Row, SignInOffer, Staff } from "./types";
import { language } from "./words";

const ROOT = "/desk/api";
const PATIENCE_MS = 15_000;

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
  }

  /** Who answers instead, when the server refused because somebody else does. */
  get owner(): Owner | null {
    return this.code === "taken" ? ((this.details["owner"] as Owner | undefined) ?? null) : null;
  }
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, "unreachable");
}

let csrf = "";
let staffId = "";
let onSignedOut: () => void = () => {};

/** What to do when the server no longer knows us. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

/** Who we are, and the token that changes are made with. */
export function introduce({ staff, csrf: token }: Pick<Me, "staff" | "csrf">): void {
  staffId = staff.id;
  csrf = token;
}

/** Another tab has signed in anew: go on with its token, or, when it is somebody else, as them from the start. */
async function renew(): Promise<void> {
  const me = await get<Me>("/me");
  if (staffId !== "" && me.staff.id !== staffId) location.reload();
  introduce(me);
}

function refusal(status: number, answer: unknown): ApiError {
  const details = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const error = new ApiError(status, typeof details["error"] === "string" ? details["error"] : "failed", details);
  if (status === 401 && error.code === "signed_out") onSignedOut();
  return error;
}

async function response(method: string, path: string, body?: unknown, again = false): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = csrf;
  if (body !== undefined) headers["content-type"] = "application/json";
  const signal = AbortSignal.timeout(PATIENCE_MS);
  let answer: Response;
  try {
    answer = await fetch(ROOT + path, { method, headers, signal, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw new ApiError(0, "unreachable");
  }
  if (answer.ok) return answer;
  const error = refusal(answer.status, await answer.json().catch(() => null));
  if (error.code !== "csrf" || again) throw error;
  await renew();
  return response(method, path, body, true);
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await (await response(method, path, body)).json().catch(() => ({}))) as T;
}

const get = <T>(path: string): Promise<T> => call<T>("GET", path);
const post = <T = unknown>(path: string, body: unknown = {}): Promise<T> => call<T>("POST", path, body);

function query(values: Record<string, string | number>): string {
  const filled = Object.entries(values).filter(([, value]) => value !== "");
  return new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
}

/** The server's own words come in the language of the desk. */
const spoken = (): string => `language=${language()}`;

const conversation = (id: string): string => `/conversations/${encodeURIComponent(id)}`;

/** An id that makes repeating a call safe. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export interface Upload {
  done: Promise<Message>;
  cancel(): void;
}

/** Send a file; `progress` hears the share that has left, from 0 to 1. */
function upload(id: string, file: File, clientId: string, progress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Message>((resolve, reject) => {
    request.open("POST", `${ROOT}${conversation(id)}/files`);
    request.responseType = "json";
    request.setRequestHeader("x-csrf-token", csrf);
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.setRequestHeader("x-client-id", clientId);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve((request.response as { message: Message }).message);
      else reject(refusal(request.status, request.response));
    };
    request.onerror = () => reject(new ApiError(0, "unreachable"));
    request.onabort = () => reject(new ApiError(0, "cancelled"));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

export const api = {
  offer: () => get<SignInOffer>("/sign-in"),
  me: () => get<Me>("/me"),
  login: (email: string, password: string) => post<{ staff: Staff; csrf: string }>("/login", { email, password }),
  logout: () => post("/logout"),
  password: (old: string, fresh: string) => post("/password", { old, new: fresh }),
  presence: (presence: Presence) => post("/presence", { presence }),

  queue: () => get<Queue>("/queue"),
  detail: (id: string) => get<Detail>(`${conversation(id)}?${spoken()}`),
  takeOver: (id: string) => post<{ owner: Owner }>(`${conversation(id)}/take-over`),
  reply: (id: string, text: string, clientId: string) =>
    post<{ message: Message }>(`${conversation(id)}/reply`, { text, client_id: clientId }),
  note: (id: string, text: string) => post<{ note: Note }>(`${conversation(id)}/notes`, { text }),
  handBack: (id: string, settled: string, request: string, answers: Record<string, string>) =>
    post<{ owner: Owner }>(`${conversation(id)}/hand-back`, { settled, request, answers }),
  close: (id: string) => post(`${conversation(id)}/close`),
  assign: (id: string, staffId: string) => post(`${conversation(id)}/assign`, { staff_id: staffId }),
  read: (id: string, seq: number) => post(`${conversation(id)}/read`, { seq }),
  flag: (messageId: string, rightAnswer: string) =>
    post<{ flag: Flag }>(`/messages/${encodeURIComponent(messageId)}/flag`, { right_answer: rightAnswer }),
  upload,
  file: (id: string) => `${ROOT}/files/${encodeURIComponent(id)}`,
  search: (wanted: Record<string, string | number>) =>
    get<{ rows: Row[]; total: number; page: number }>(`/search?${query(wanted)}`),

  canned: () => get<{ rows: Canned[]; foundry: string }>("/canned"),
  saveCanned: (one: Omit<Canned, "id"> & { id?: number }) =>
    call("id" in one ? "PUT" : "POST", "id" in one ? `/canned/${one.id}` : "/canned", one),
  removeCanned: (id: number) => call("DELETE", `/canned/${id}`),

  staff: async () => (await get<{ staff: StaffAccount[] }>("/staff")).staff,
  addStaff: (one: { email: string; name: string; role: Role; password: string }) => post("/staff", one),
  changeStaff: (id: string, change: Partial<{ name: string; role: Role; active: boolean; password: string }>) =>
    call("PATCH", `/staff/${encodeURIComponent(id)}`, change),
  wrongAnswers: (page: number) => get<{ rows: WrongAnswer[]; total: number }>(`/wrong-answers?page=${page}`),
  audit: (page: number) => get<{ rows: AuditEntry[]; total: number }>(`/audit?page=${page}`),

  cases: (wanted: { state: string; kind: string; page: number }) =>
    get<{ rows: CaseRow[]; total: number }>(`/cases?${query(wanted)}&${spoken()}`),
  case: (no: string) => get<CaseDetail>(`/cases/${encodeURIComponent(no)}?${spoken()}`),
  /** `seen` is the last decision the person has read: a newer one by somebody else refuses this one. */
  decide: (no: string, decision: { request_id: string; state: CaseState; text: string; seen: number }) =>
    post<{ told?: { mail: boolean; chat: boolean } }>(`/cases/${encodeURIComponent(no)}/decide`, decision),
  takeCase: (no: string) => post(`/cases/${encodeURIComponent(no)}/take`),

  kept: async () => (await get<{ kept: Kept[] }>(`/privacy?${spoken()}`)).kept,
  find: async (q: string) => (await post<{ found: Found[] }>("/privacy/find", { q })).found,
  exported: async (whom: Record<string, string>) => (await response("POST", "/privacy/export", whom)).blob(),
  erase: (whom: Record<string, string>) => post<Erased>("/privacy/erase", { ...whom, confirm: true }),
};
