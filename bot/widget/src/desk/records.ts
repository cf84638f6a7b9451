// What the desk's API says of cases, canned replies, accounts, the trail and privacy.
import type { Cell, Presence, Proof, Role, StoredFile } from "./types";

export type CaseState = "received" | "accepted" | "adjusted" | "asked" | "refused" | "closed";

export interface CaseRow {
  case_no: string;
  kind: string;
  kind_text: string;
  state: CaseState;
  received_at: string;
  answer_by: string | null;
  overdue: boolean;
  who: string | null;
  company: string | null;
  proved: Proof;
  staff_id?: string | null;
  staff_name: string | null;
  wording_first_line: string;
  conversation_id: string | null;
  language: string;
}

export interface CaseEvent {
  id: number;
  /** What became of the mail that told the customer. */
  mail?: "none" | "queued" | "sent" | "refused" | "erased";
  at: string;
  state: CaseState;
  text: string;
  staff_name: string | null;
}

export interface CaseDetail {
  case: CaseRow & {
    wording: string;
    fields: Cell[];
    email: string | null;
    phone: string | null;
    files: StoredFile[];
    conversation_available: boolean;
  };
  events: CaseEvent[];
  /** The decisions that may come next. */
  follows: CaseState[];
}

export interface Canned {
  id: number;
  language: string;
  title: string;
  text: string;
}

export interface StaffAccount {
  id: string;
  name: string;
  email: string;
  role: Role;
  active: boolean;
  presence?: Presence;
  online?: boolean;
  last_seen_at?: string | null;
}

export interface Colleague {
  id: string;
  name: string;
  presence: Presence;
  online: boolean;
}

export interface WrongAnswer {
  message_id: string;
  conversation_id: string;
  question: string;
  answer: string;
  right_answer: string;
  language: string | null;
  staff_name: string;
  at: string;
}

export interface AuditEntry {
  at: string;
  staff_name: string | null;
  action: string;
  target: string | null;
  detail: Record<string, unknown> | null;
}

export interface Kept {
  what: string;
  why: string;
  days: number | null;
  count: number;
  oldest: string | null;
}

/** A customer's data, counted. `whom` is what export and erase are asked with. */
export interface Found {
  whom: Record<string, string>;
  name: string | null;
  company: string | null;
  email: string | null;
  conversations: { id: string; last_at: string; messages: number }[];
  cases: { case_no: string; received_at: string; kept_until: string }[];
  files: number;
  /** Conversations of other contacts in which the address was written. */
  mentions: string[];
}

export interface Erased {
  conversations: number;
  files: number;
  kept: { case_no: string; until: string }[];
}
