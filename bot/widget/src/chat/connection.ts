// The socket and its promises: a message is acknowledged, or marked as not sent; a lost line comes back by itself and
// asks for what was missed. Nothing connects before the visitor uses the chat.
import { io, type Socket } from "socket.io-client";
import type {
  Ack,
  Acts,
  BotUttered,
  Done,
  FromServer,
  Identity,
  MessageState,
  Owner,
  Remembered,
  SessionInfo,
  ToServer,
  UserMessage,
} from "./protocol";
import { server } from "./server";

/** The server acknowledges once a message is stored; after this long it is not. */
const ACK_MS = 5_000;
const TRIES = 2;
/** After the server itself closed the door; a broken line is tried again by the library. */
const REFUSED_MS = 4_000;
/** Refusals of a sign-in that no repetition mends. */
const SIGN_IN_OVER = ["token_expired", "token_invalid", "contact_unknown"];

export type Link = "idle" | "connecting" | "online" | "lost";

export interface Listener {
  link(state: Link): void;
  /** The server's word on which conversation this is. */
  confirmed(token: string): void;
  informed(info: SessionInfo): void;
  replayed(messages: Remembered[], truncated: boolean): void;
  said(message: BotUttered): void;
  own(message: UserMessage): void;
  advanced(clientId: string, state: MessageState): void;
  typing(on: boolean): void;
  owned(owner: Owner, name: string): void;
  seenByDesk(seq: number): void;
  /** The visitor proved who they are. */
  identified(identity: Identity): void;
  /** The sign-in is no longer good. */
  refused(): void;
  /** The conversation was deleted. */
  erased(): void;
}

export interface Outgoing {
  clientId: string;
  message: string;
  language: string;
}

/** Where a conversation goes on: its token, the last message seen, the language. */
export type Resume = () => { session_id: string | null; last_seq: number; language: string };

type ChatSocket = Socket<FromServer, ToServer>;

export class Connection {
  private socket: ChatSocket | null = null;
  private session: string | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly listener: Listener,
    private readonly resume: Resume,
    private readonly token: () => string | undefined,
  ) {}

  /** Whether messages can be sent now. */
  get ready(): boolean {
    return this.session !== null && this.socket?.connected === true;
  }

  /** Connect, as a signed-in contact when there is a token. Does nothing when connected or connecting. */
  open(): void {
    if (this.socket) return;
    this.listener.link("connecting");
    this.socket = io(server.origin, {
      path: "/socket.io",
      // Asked anew at every connection: the visitor may have proved who they are since the last one.
      auth: (give) => give({ token: this.token() }),
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelayMax: 8_000,
      forceNew: true,
    });
    this.line(this.socket);
    this.talk(this.socket);
  }

  close(): void {
    clearTimeout(this.again);
    this.socket?.removeAllListeners();
    this.socket?.disconnect();
    this.socket = null;
    this.session = null;
    this.listener.link("idle");
  }

  /** Send one message, again under the same id when no word comes back. Null when none came at all. */
  async send({ clientId, message, language }: Outgoing): Promise<Ack | null> {
    const metadata = { client_id: clientId, language };
    for (let tries = TRIES; tries > 0 && this.socket && this.session !== null; tries -= 1) {
      const packet = { message, session_id: this.session, metadata };
      try {
        return await this.socket.timeout(ACK_MS).emitWithAck("user_uttered", packet);
      } catch {
        // No acknowledgement: not stored, or its answer was lost. The id makes a repetition safe.
      }
    }
    return null;
  }

  /** Do something else than write. Not ok when no word comes back. */
  async act<Act extends keyof Acts>(act: Act, values: Acts[Act]): Promise<Done> {
    if (!this.socket || !this.ready) return { ok: false, error: "offline" };
    try {
      // The library's types cannot follow which act takes which values; those of this method do.
      const socket = this.socket.timeout(ACK_MS) as unknown as { emitWithAck(...packet: unknown[]): Promise<Done> };
      return await socket.emitWithAck(act, values);
    } catch {
      return { ok: false, error: "unanswered" };
    }
  }

  private line(socket: ChatSocket): void {
    const ask = (): unknown => socket.emit("session_request", this.resume());
    const later = (action: () => unknown): void => {
      clearTimeout(this.again);
      this.again = setTimeout(action, REFUSED_MS);
    };
    const lost = (): void => {
      this.session = null;
      this.listener.link("lost");
      if (!socket.active) later(() => socket.connect());
    };
    socket.on("connect", ask);
    socket.on("disconnect", lost);
    socket.on("connect_error", (error) => {
      if (SIGN_IN_OVER.includes(error.message)) this.listener.refused();
      else lost();
    });
    socket.on("session_error", () => {
      this.listener.link("lost");
      later(ask);
    });
    socket.on("session_confirm", (token) => {
      this.session = token;
      this.listener.link("online");
      this.listener.confirmed(token);
    });
    socket.on("identity", (identity) => this.listener.identified(identity));
    socket.on("identity_expired", () => this.listener.refused());
    socket.on("erased", () => this.listener.erased());
  }

  private talk(socket: ChatSocket): void {
    socket.on("history", ({ messages, truncated = false }) => this.listener.replayed(messages, truncated));
    socket.on("bot_uttered", (message) => this.listener.said(message));
    socket.on("user_message", (message) => this.listener.own(message));
    socket.on("message_state", ({ client_id, state }) => {
      if (client_id) this.listener.advanced(client_id, state);
    });
    socket.on("typing", ({ typing }) => this.listener.typing(typing));
    socket.on("session_info", (info) => this.listener.informed(info));
    socket.on("owner", ({ owner, name }) => this.listener.owned(owner, name ?? ""));
    socket.on("seen_by_desk", ({ seq }) => this.listener.seenByDesk(seq));
  }
}
