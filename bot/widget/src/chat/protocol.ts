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

export interface BotUttered {
  text?: string;
  quick_replies?: Choice[];
  metadata?: { seq?: number; author?: Author; name?: string | null; language?: string; at?: string };
}

export interface UserMessage {
  text: string;
  seq?: number;
  client_id?: string | null;
  state?: MessageState | null;
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
  language?: string;
  state?: MessageState | null;
  at?: string;
}

export interface SessionInfo {
  owner: Owner;
  name?: string | null;
}

export type Refusal = "too_long" | "empty" | "malformed" | "rate_limited";
export type Ack = { ok: true; seq?: number } | { ok: false; error: Refusal };

export interface Config {
  demo: boolean;
  foundry: { name: string; town: string };
  max_message_chars: number;
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
  identity_expired: () => void;
}

export interface ToServer {
  session_request: (request: { session_id: string | null; last_seq: number; language: string }) => void;
  user_uttered: (
    message: { message: string; session_id: string; metadata: { client_id: string; language: string } },
    ack: (answer: Ack) => void,
  ) => void;
}
