// Which keys do what. Single letters can be switched off: whoever dictates or trembles would press them by chance.
import type { Key } from "./words";

export interface Shortcut {
  keys: readonly string[];
  does: Key;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ["J", "K"], does: "help.next" },
  { keys: ["W"], does: "help.waiting" },
  { keys: ["T"], does: "help.take" },
  { keys: ["R"], does: "help.reply" },
  { keys: ["N"], does: "help.note" },
  { keys: ["/"], does: "help.canned" },
  { keys: ["H"], does: "help.hand_back" },
  { keys: ["A"], does: "help.assign" },
  { keys: ["X"], does: "help.close" },
  { keys: ["D"], does: "help.details" },
  { keys: ["Q"], does: "help.queue" },
  { keys: ["S"], does: "help.search" },
  { keys: ["Esc"], does: "help.escape" },
  { keys: ["Enter"], does: "help.enter" },
  { keys: ["Shift", "Enter"], does: "help.line" },
  { keys: ["?"], does: "help.help" },
];

const SETTING = "smelt.desk.letters";

export const single = {
  on: ((): boolean => {
    try {
      return localStorage.getItem(SETTING) !== "off";
    } catch {
      return true;
    }
  })(),

  set(on: boolean): void {
    single.on = on;
    try {
      localStorage.setItem(SETTING, on ? "on" : "off");
    } catch {
      // Then it holds until the page is left.
    }
  },
};
