// Opens a WebSocket, sends messages as they stand, and says line by line what comes back. Each message waits until as
// many have come as it says in `after`.
import WebSocket from "ws";

const { address, protocols, messages } = JSON.parse(process.argv[2]);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const socket = new WebSocket(address, protocols);
const waiting = [...messages];
let came = 0;

function send() {
  while (waiting.length > 0 && (waiting[0].after ?? 0) <= came) {
    const { text, binary } = waiting.shift();
    socket.send(binary ? Buffer.from(binary) : text);
  }
}

socket.on("open", send);
socket.on("message", (data) => {
  came += 1;
  say({ message: JSON.parse(data.toString()) });
  send();
});
socket.on("close", (code, reason) => say({ closed: code, reason: reason.toString() }));
socket.on("unexpected-response", (_, response) => say({ status: response.statusCode }));
socket.on("error", (error) => say({ fault: error.message }));
