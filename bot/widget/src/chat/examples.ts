// Where to begin: real questions, one a subject.
import type { Key } from "../i18n";

export const examples: readonly { topic: Key; question: Key }[] = [
  { topic: "example.alloy.topic", question: "example.alloy" },
  { topic: "example.choice.topic", question: "example.choice" },
  { topic: "example.room.topic", question: "example.room" },
  { topic: "example.lead.topic", question: "example.lead" },
  { topic: "example.order.topic", question: "example.order" },
  { topic: "example.quote.topic", question: "example.quote" },
];

const WEEKS_AHEAD = 5;
const DAY_MS = 86_400_000;

/** The ISO week some weeks from a day: near enough to matter, far enough to have room. */
export function weekAhead(today: Date): number {
  const day = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate() + 7 * WEEKS_AHEAD));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const first = Date.UTC(day.getUTCFullYear(), 0, 1);
  return Math.ceil(((day.getTime() - first) / DAY_MS + 1) / 7);
}
