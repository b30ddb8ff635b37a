// A thread, an edit and a reaction, seen by somebody else as they happen, and by a new device from what the server bundles.

import assert from "node:assert/strict";
import { Direction, KnownMembership, Preset, RoomEvent, MatrixEventEvent } from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];
const threads = { threadSupport: true };

let kate, liam, roomId, root, reply;
const troubles = [];

await step("kate and liam share a room", async () => {
  [kate, liam] = await Promise.all([register(baseUrl, "kate"), register(baseUrl, "liam")]);
  troubles.push(...(await Promise.all([start(kate, threads), start(liam)])));
  const invited = next(liam, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
  ({ room_id: roomId } = await kate.createRoom({ preset: Preset.PrivateChat, invite: [liam.getUserId()] }));
  await invited;
  await liam.joinRoom(roomId);
}) || finish();

await step("replies make a thread", async () => {
  ({ event_id: root } = await kate.sendTextMessage(roomId, "Where shall we meet?"));
  await until(() => liam.getRoom(roomId).findEventById(root));
  await liam.sendMessage(roomId, inThread("At the harbour"));
  ({ event_id: reply } = await liam.sendMessage(roomId, inThread("At eit")));
  await until(() => kate.getRoom(roomId).getThread(root)?.length === 2);
  assert.equal(kate.getRoom(roomId).getThread(root).replyToEvent.getId(), reply);
});

await step("an edit replaces the reply", async () => {
  const edited = next(kate, MatrixEventEvent.Replaced, (event) => event.getId() === reply);
  await liam.sendMessage(roomId, {
    msgtype: "m.text",
    body: "* At eight",
    "m.new_content": { msgtype: "m.text", body: "At eight" },
    "m.relates_to": { rel_type: "m.replace", event_id: reply },
  });
  const [event] = await edited;
  assert.equal(event.getContent().body, "At eight");
});

await step("a reaction is listed, and taken once", async () => {
  await liam.sendEvent(roomId, "m.reaction", reaction("👍"));
  const { events } = await kate.relations(roomId, reply, "m.annotation", "m.reaction");
  assert.deepEqual(events.map((event) => [event.getSender(), event.getRelation().key]), [[liam.getUserId(), "👍"]]);
  await assert.rejects(
    liam.sendEvent(roomId, "m.reaction", reaction("👍")), (error) => error.errcode === "M_DUPLICATE_ANNOTATION");
});

await step("a new device finds the thread, with its reply as edited", async () => {
  const tablet = await login(baseUrl, "kate");
  troubles.push(await start(tablet, threads));
  const room = tablet.getRoom(roomId);
  await room.createThreadsTimelineSets();
  await room.fetchRoomThreads();
  const thread = room.getThread(root);
  assert.equal(thread.length, 2);
  assert.equal(thread.replyToEvent.getId(), reply);
  assert.equal(thread.replyToEvent.getContent().body, "At eight");
  assert.deepEqual(room.threadsTimelineSets[0].getLiveTimeline().getEvents().map((event) => event.getId()), [root]);
  tablet.stopClient();
});

await step("a redacted reply leaves the thread", async () => {
  await liam.redactEvent(roomId, reply);
  const { chunk } = await kate.createThreadListMessagesRequest(roomId, null, 10, Direction.Backward);
  assert.equal(chunk[0].unsigned["m.relations"]["m.thread"].count, 1);
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles.flat(), []);
});

[kate, liam].forEach((client) => client.stopClient());
finish();

function inThread(body) {
  return { msgtype: "m.text", body, "m.relates_to": { rel_type: "m.thread", event_id: root } };
}

function reaction(key) {
  return { "m.relates_to": { rel_type: "m.annotation", event_id: reply, key } };
}

/** Waits until something holds, which may change with anything that is received. */
async function until(holds) {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
