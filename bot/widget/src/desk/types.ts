// What the desk's API says of staff and conversations; the rest is in records.ts.
import type { CaseRow } from "./records";

export type OwnerState = "assistant" | "waiting" | "person" | "closed";
export type Presence = "available" | "away";
export type Role = "agent" | "admin";
export type Proof = "sign_in" | "mail" | null;
export type MessageAuthor = "customer" | "assistant" | "person" | "system";

export interface Staff {
  id: string;
  name: string;
  email: string;
  role: Role;
  presence: Presence;
}

export interface Me {
  staff: Staff;
  csrf: string;
  oidc: boolean;
  demo: boolean;
  languages: string[];
}

export interface DemoAccount {
  email: string;
  password: string;
  name: string;
}

export interface SignInOffer {
  oidc: boolean;
  signed_in?: boolean;
  demo_accounts?: DemoAccount[];
}

export interface Who {
  name: string | null;
  company: string | null;
  proved: Proof;
  /** Where a stranger wants to be reached: typed, never proven. */
  email?: string | null;
  phone?: string | null;
}

export interface Row {
  id: string;
  owner: OwnerState;
  owner_id: string | null;
  owner_name: string | null;
  /** Since when the owner answers, or the customer waits. */
  since: string;
  reason: string | null;
  language: string | null;
  who: Who;
  last: { text: string; at: string; author: MessageAuthor } | null;
  unread: number;
  task: string | null;
  online: boolean;
  promised_at: string | null;
  created_at: string;
  rating: number | null;
  seen_seq?: number;
  snippet?: string;
}

export interface Queue {
  waiting: Row[];
  mine: Row[];
  others: Row[];
  assistant: Row[];
  cases_open: number;
  now: string;
}

export type Group = "waiting" | "mine" | "others" | "assistant";

export interface Cell {
  label: string;
  value: string;
}

/** Facts of a message laid out; see src/chat/protocol.ts for what the kinds hold. */
export interface Card {
  type: string;
  id?: string;
  name?: string;
  size?: number;
}

export interface Message {
  seq: number;
  message_id: string;
  client_id?: string | null;
  direction: "in" | "out";
  author: MessageAuthor;
  name?: string | null;
  text: string;
  quick_replies?: { title: string }[] | null;
  card?: Card | null;
  state?: string | null;
  in_reply_to?: string | null;
  language?: string | null;
  suppressed?: boolean;
  /** How the assistant read it, in words. */
  understood?: string[];
  at: string;
}

export interface Note {
  id: number;
  after_seq: number;
  staff_name: string;
  text: string;
  at: string;
  mine: boolean;
}

export interface HandOver {
  at: string;
  to: OwnerState;
  staff_name: string | null;
  reason: string | null;
}

export interface Answer {
  question: string;
  label: string;
  value: string;
}

export interface Request {
  task: string;
  title: string;
  answers: Answer[];
  missing: { question: string; label: string }[];
  open: string | null;
}

export interface Order {
  order_no: string;
  status: string;
  status_text: string;
  date: string | null;
  late: boolean;
  po: string | null;
}

export interface Customer {
  known: boolean;
  contact?: {
    name: string;
    role: string | null;
    email: string | null;
    phone: string | null;
    may_order: boolean;
    may_see_prices: boolean;
  } | null;
  company?: { name: string; customer_no: string | null; country: string | null; language: string | null } | null;
  proved: Proof;
  /** Production does not answer, or no longer knows the contact. */
  unavailable?: boolean;
  gone?: boolean;
  orders?: Order[];
  more_orders?: boolean;
  earlier: { id: string; last_at: string; rating: number | null }[];
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
  media_type: string;
  direction?: "in" | "out";
  at?: string;
}

export interface Flag {
  message_id: string;
  right_answer: string;
  staff_name: string;
}

export interface Facts {
  started: string;
  messages: number;
  language: string | null;
  client: Record<string, unknown> | null;
  rating?: number | null;
  rating_text?: string | null;
}

export interface Detail {
  conversation: Row;
  messages: Message[];
  /** Older messages were left out. */
  truncated?: boolean;
  notes: Note[];
  hand_overs: HandOver[];
  request: Request | null;
  customer: Customer | null;
  cases?: CaseRow[];
  files: StoredFile[];
  facts: Facts;
  flags: Flag[];
}

export interface Owner {
  state: OwnerState;
  name: string | null;
  staff_id?: string | null;
}
