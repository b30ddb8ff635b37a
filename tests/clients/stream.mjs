// One user follows the server by a stream of server-sent events, with the EventSource of the package of that name, while
// another writes through the SDK. The connection breaks in between.

import assert from "node:assert/strict";
import { EventSource } from "eventsource";
import { Preset } from "matrix-js-sdk";
import { register } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];
const path = "/_matrix/client/unstable/io.matrixrealtime.live/stream";

let mona, nick, roomId, source, cut;
const answers = [];
const resumedFrom = [];
let heard = () => {};

await step("mona and nick share a room", async () => {
  [mona, nick] = await Promise.all([register(baseUrl, "mona"), register(baseUrl, "nick")]);
  ({ room_id: roomId } = await mona.createRoom({ preset: Preset.PublicChat }));
  await nick.joinRoom(roomId);
}) || finish();

await step("the server says that it streams", async () => {
  assert.equal(await mona.doesServerSupportUnstableFeature("io.matrixrealtime.live"), true);
});

await step("nick's stream begins with all that he has", async () => {
  source = new EventSource(`${baseUrl}${path}`, { fetch: openBreakably });
  source.onmessage = ({ data, lastEventId }) => {
    answers.push({ ...JSON.parse(data), lastEventId });
    heard();
  };
  const [first] = await when(() => answers.length > 0 && answers);
  assert.ok(first.rooms.join[roomId].timeline.events.some((event) => event.type === "m.room.create"));
  assert.equal(first.lastEventId, first.next_batch);
});

await step("it goes on with what mona does", async () => {
  await mona.sendTyping(roomId, true, 20_000);
  await when(() => typists().at(-1)?.includes(mona.getUserId()));
  await mona.sendTextMessage(roomId, "one");
  await when(() => texts().includes("one"));
  assert.deepEqual(typists().at(-1), []);
});

await step("after a break it goes on where it was", async () => {
  const last = answers.at(-1).lastEventId;
  cut();
  await mona.sendTextMessage(roomId, "two");
  await when(() => texts().includes("two"));
  await mona.sendTextMessage(roomId, "three");
  await when(() => texts().includes("three"));
  assert.deepEqual(resumedFrom, [null, last]);
  assert.deepEqual(texts(), ["one", "two", "three"]);
});

await step("it ends when nick logs out", async () => {
  const refused = new Promise((resolve) => source.addEventListener("error", ({ code }) => code === 401 && resolve()));
  await nick.logout();
  await refused;
  assert.equal(source.readyState, EventSource.CLOSED);
});

finish();

/** Opens the stream as EventSource asks for it, so that it can be cut off as if by the network. */
async function openBreakably(url, init) {
  resumedFrom.push(init.headers["Last-Event-ID"] ?? null);
  const response = await fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${nick.getAccessToken()}` } });
  const reader = response.body.getReader();
  const body = new ReadableStream({
    start(controller) {
      cut = () => reader.cancel();
      (async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          controller.enqueue(part.value);
        }
        controller.close();
      })().catch((error) => controller.error(error));
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

/** What the condition answers, as soon as that is something, which it is asked whenever an event has come. */
async function when(condition) {
  for (let found = condition(); ; found = condition()) {
    if (found) {
      return found;
    }
    await new Promise((resolve) => (heard = resolve));
  }
}

function rooms() {
  return answers.flatMap((answer) => answer.rooms.join?.[roomId] ?? []);
}

function texts() {
  return rooms().flatMap((room) => room.timeline.events).flatMap((event) => event.content.body ?? []);
}

function typists() {
  return rooms().flatMap((room) => room.ephemeral?.events ?? [])
    .filter((event) => event.type === "m.typing").map((event) => event.content.user_ids);
}
