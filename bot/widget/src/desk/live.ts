// The socket of the desk: what happens is passed on to the state; after a lost line everything shown is fetched again.
import { io, type Socket } from "socket.io-client";
import { knockSoftly } from "./alerts";
import { state } from "./state";
import type { Colleague } from "./records";
import type { Message, OwnerState } from "./types";

/** After the server itself closed the door; a broken line is tried again by the library. */
const REFUSED_MS = 4_000;
const QUEUE_MS = 250;
const RELOAD_MS = 250;

interface FromServer {
  queue: () => void;
  message: (said: { conversation: string; message: Message }) => void;
  changed: (about: { conversation: string }) => void;
  owner: (about: { conversation: string; owner: OwnerState; name: string | null; staff_id: string | null }) => void;
  customer_typing: (about: { conversation: string; typing: boolean }) => void;
  seen: (about: { conversation: string; seq: number }) => void;
  case: (about: { case_no: string }) => void;
  state: (about: { conversation: string; message_id: string; state: string }) => void;
  presence: (about: { staff: Colleague[] }) => void;
}

interface ToServer {
  watch: (about: { conversation: string }) => void;
  unwatch: (about: { conversation: string }) => void;
  typing: (about: { conversation: string; typing: boolean }) => void;
}

/** One call for many wishes: made once they stop coming, or at the latest after a second such pause. */
function settled(action: () => void, pause: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      action();
    }, pause);
  };
}

class Live extends EventTarget {
  private socket: Socket<FromServer, ToServer> | null = null;
  /** The conversation the server tells us about. */
  private watched: string | null = null;
  private readonly queueSoon = settled(() => void state.refreshQueue(), QUEUE_MS);
  private readonly reloadSoon = settled(() => void state.open?.load(), RELOAD_MS);

  connect(): void {
    if (this.socket) return;
    state.link = "connecting";
    const socket: Socket<FromServer, ToServer> = io("/desk", {
      path: "/socket.io",
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelayMax: 5_000,
      forceNew: true,
    });
    this.socket = socket;
    socket.on("connect", () => this.connected());
    socket.on("disconnect", () => this.lost());
    socket.on("connect_error", () => this.lost());
    this.listen(socket);
    state.addEventListener("change", this.watch);
  }

  disconnect(): void {
    state.removeEventListener("change", this.watch);
    this.socket?.removeAllListeners();
    this.socket?.disconnect();
    this.socket = null;
  }

  /** Hear of the conversation that is open, and of no other. */
  private readonly watch = (): void => {
    const open = state.open?.id ?? null;
    if (open === this.watched || !this.socket?.connected) return;
    if (this.watched !== null) this.socket.emit("unwatch", { conversation: this.watched });
    if (open !== null) this.socket.emit("watch", { conversation: open });
    this.watched = open;
  };

  typing(conversation: string, typing: boolean): void {
    if (this.socket?.connected) this.socket.emit("typing", { conversation, typing });
  }

  private connected(): void {
    // A new line knows of none.
    this.watched = null;
    state.link = "online";
    state.changed();
    void state.refreshQueue();
    void state.open?.load();
    this.dispatchEvent(new Event("case"));
  }

  private lost(): void {
    state.link = "lost";
    state.changed();
    if (this.socket && !this.socket.active) void this.refused(this.socket);
  }

  /** The server itself closed the door: because we are signed out, or because it is in trouble. */
  private async refused(socket: Socket<FromServer, ToServer>): Promise<void> {
    if (await state.stillSignedIn()) setTimeout(() => this.socket === socket && socket.connect(), REFUSED_MS);
    else {
      this.disconnect();
      state.signedOut();
    }
  }

  private listen(socket: Socket<FromServer, ToServer>): void {
    const open = (conversation: string): typeof state.open => (state.open?.id === conversation ? state.open : null);
    socket.on("queue", this.queueSoon);
    socket.on("message", ({ conversation, message }) => {
      open(conversation)?.add(message);
      if (message.author === "customer") knockSoftly();
      this.queueSoon();
    });
    socket.on("changed", ({ conversation }) => {
      if (open(conversation)) this.reloadSoon();
    });
    socket.on("owner", ({ conversation, owner, name, staff_id }) => {
      open(conversation)?.owned({ state: owner, name, staff_id });
      this.queueSoon();
    });
    socket.on("customer_typing", ({ conversation, typing }) => open(conversation)?.typed(typing));
    socket.on("seen", ({ conversation, seq }) => open(conversation)?.seen(seq));
    socket.on("case", () => {
      this.dispatchEvent(new Event("case"));
      this.queueSoon();
    });
    socket.on("state", ({ conversation, message_id, state: came }) => open(conversation)?.advanced(message_id, came));
    socket.on("presence", ({ staff }) => {
      state.colleagues = staff;
      state.changed();
    });
  }
}

export const live = new Live();
