// A stock Rasa client as its authors wrote it: socket.io-client from npm, Rasa's four events and nothing of ours.
// Usage: node stock_client.cjs <url> <transport>; prints what it heard as JSON.
const { createRequire } = require("node:module");
const path = require("node:path");
const { io } = createRequire(path.resolve(__dirname, "../../bot/widget/package.json"))("socket.io-client");

const [url, transport] = process.argv.slice(2);
const heard = { confirmed: [], said: [] };

function client() {
  return io(url, { path: "/socket.io/", transports: [transport], forceNew: true });
}

function talk(socket, session, messages) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), 15000);
    let current = session;
    const next = () => {
      const message = messages.shift();
      if (message === undefined) {
        clearTimeout(timer);
        socket.disconnect();
        resolve(current);
        return;
      }
      socket.emit("user_uttered", { message, session_id: current });
    };
    socket.on("connect", () => socket.emit("session_request", { session_id: session }));
    socket.on("session_confirm", (confirmed) => {
      current = confirmed && confirmed.session_id ? confirmed.session_id : confirmed;
      heard.confirmed.push(current);
      next();
    });
    socket.on("bot_uttered", (message) => {
      heard.said.push(message);
      next();
    });
    socket.on("connect_error", reject);
  });
}

async function main() {
  const session = await talk(client(), null, ["hei", "/affirm", "/restart"]);
  await talk(client(), session, ["tilbake"]);
  console.log(JSON.stringify(heard));
  process.exit(0);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
