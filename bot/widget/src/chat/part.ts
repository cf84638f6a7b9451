// What the parts of the chat see of the whole.
import type { Session } from "./session";

export interface Chat {
  readonly session: Session;
  /** The shadow root. */
  readonly renderRoot: HTMLElement | DocumentFragment;
  language: string;
  /** Whether the chat sits in the widget's panel, which has a button to close and no other language switch. */
  readonly panel: boolean;
  requestUpdate(): void;
  dispatchEvent(event: Event): boolean;
  /** Speak another language from now on. */
  speak(language: string): void;
  /** Put the focus where the visitor writes. */
  focusField(): void;
}

/** Open one of the chat's dialogs. */
export function show(chat: Chat, id: string): void {
  chat.renderRoot.querySelector<HTMLDialogElement>(`#${id}`)?.showModal();
}

export function hide(chat: Chat, id: string): void {
  chat.renderRoot.querySelector<HTMLDialogElement>(`#${id}`)?.close();
}
