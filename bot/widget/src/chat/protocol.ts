// What travels between the page and the web process, as docs/protocol.md says it.

export type Author = "assistant" | "person" | "system";
/** Who answers now; `waiting` means that a person has been asked for. */
export type Owner = "assistant" | "waiting" | "person" | "closed";
/** How far a message came after it was stored. */
export type MessageState = "received" | "answered" | "failed" | "person" | "handed_over";

export interface Choice {
  title: string;
  payload: string;
}

export interface OrderCard {
  type: "order";
  title: string;
  order_no?: string;
  status?: string;
  dates?: { label: string; value: string; old?: boolean }[];
  steps?: { label: string; state: "done" | "now" | "todo" | "late" }[];
  note?: string;
}

export interface TableCard {
  type: "table";
  title: string;
  columns: string[];
  rows: string[][];
}

export interface CapacityCard {
  type: "capacity";
  title: string;
  weeks: { label: string; level: "good" | "limited" | "full" | "closed" | "unknown"; text: string }[];
}

export interface RequestCard {
  type: "request";
  title: string;
  lines: { label: string; value: string }[];
  confirm?: boolean;
}

export interface FileCard {
  type: "file";
  id?: string;
  name: string;
  size: number;
  media_type?: string;
  /** What the file says of itself. */
  facts?: { name?: string; unit?: string; size?: number[]; pages?: number };
}

/** Facts for the eye; all words come from the server. Other types may come and are ignored. */
export type Card = OrderCard | TableCard | CapacityCard | RequestCard | FileCard;

export interface BotUttered {
  text?: string;
  quick_replies?: Choice[];
  metadata?: {
    seq?: number;
    author?: Author;
    name?: string | null;
    language?: string;
    at?: string;
    card?: Card | null;
  };
}

export interface UserMessage {
  text: string;
  seq?: number;
  client_id?: string | null;
  state?: MessageState | null;
  card?: Card | null;
  at?: string;
}

export interface Remembered {
  seq: number;
  client_id?: string | null;
  direction: "in" | "out";
  author: Author | "customer";
  name?: string | null;
  text: string;
  quick_replies?: Choice[] | null;
  card?: Card | null;
  language?: string;
  state?: MessageState | null;
  at?: string;
}

export interface SessionInfo {
  owner: Owner;
  name?: string | null;
  /** The customer who is signed in. */
  contact?: string | null;
  rating?: number | null;
  keep_days?: number | null;
  seen_by_desk?: number;
}

/** The socket was proven to be a contact's: the token signs in like one of the website. */
export interface Identity {
  token: string;
  name: string;
  company: string;
}

export type Refusal = "too_long" | "crowded" | "empty" | "malformed" | "rate_limited";
export type Ack = { ok: true; seq?: number } | { ok: false; error: Refusal };
/** `kept`: cases that outlive a deleted conversation. */
export type Done = { ok: boolean; error?: string; kept?: { case_no: string }[] };

export interface Config {
  demo: boolean;
  foundry: { name: string; town: string };
  max_message_chars: number;
  max_upload_mb?: number;
  /** How long a conversation is kept after its last message. */
  keep_days?: number;
  /** The foundry's date, ISO: a demonstration may live on another day than the browser. */
  today?: string;
}

export interface FromServer {
  session_confirm: (token: string) => void;
  session_info: (info: SessionInfo) => void;
  session_error: () => void;
  history: (history: { messages: Remembered[]; truncated?: boolean }) => void;
  bot_uttered: (message: BotUttered) => void;
  user_message: (message: UserMessage) => void;
  message_state: (change: { client_id?: string | null; state: MessageState }) => void;
  typing: (state: { typing: boolean }) => void;
  owner: (owner: { owner: Owner; name?: string | null }) => void;
  seen_by_desk: (seen: { seq: number }) => void;
  identity: (identity: Identity) => void;
  identity_expired: () => void;
  erased: () => void;
}

/** What the visitor does besides writing. */
export interface Acts {
  seen: { seq: number };
  user_typing: { typing: boolean };
  rate: { score: number; text?: string };
  delete_conversation: Record<string, never>;
  send_transcript: { email?: string };
}

export interface ToServer {
  session_request: (request: { session_id: string | null; last_seq: number; language: string }) => void;
  user_uttered: (
    message: { message: string; session_id: string; metadata: { client_id: string; language: string } },
    ack: (answer: Ack) => void,
  ) => void;
  seen: (seen: Acts["seen"], ack: (answer: Done) => void) => void;
  user_typing: (typing: Acts["user_typing"], ack: (answer: Done) => void) => void;
  rate: (rating: Acts["rate"], ack: (answer: Done) => void) => void;
  delete_conversation: (nothing: Acts["delete_conversation"], ack: (answer: Done) => void) => void;
  send_transcript: (to: Acts["send_transcript"], ack: (answer: Done) => void) => void;
}
