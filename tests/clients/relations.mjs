// A thread, an edit and a reaction, seen by somebody else as they happen, and by a new device from what the server bundles.

import assert from "node:assert/strict";
import { Direction, KnownMembership, Preset, RoomEvent, MatrixEventEvent } from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];
const threads = { threadSupport: true };

let nora, otto, roomId, root, reply;
const troubles = [];

await step("nora and otto share a room", async () => {
  [nora, otto] = await Promise.all([register(baseUrl, "nora"), register(baseUrl, "otto")]);
  troubles.push(...(await Promise.all([start(nora, threads), start(otto)])));
  const invited = next(otto, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
  ({ room_id: roomId } = await nora.createRoom({ preset: Preset.PrivateChat, invite: [otto.getUserId()] }));
  await invited;
  await otto.joinRoom(roomId);
}) || finish();

await step("replies make a thread", async () => {
  ({ event_id: root } = await nora.sendTextMessage(roomId, "Where shall we meet?"));
  await until(() => otto.getRoom(roomId).findEventById(root));
  await otto.sendMessage(roomId, inThread("At the harbour"));
  ({ event_id: reply } = await otto.sendMessage(roomId, inThread("At eit")));
  await until(() => nora.getRoom(roomId).getThread(root)?.length === 2);
  assert.equal(nora.getRoom(roomId).getThread(root).replyToEvent.getId(), reply);
});

await step("an edit replaces the reply", async () => {
  const edited = next(nora, MatrixEventEvent.Replaced, (event) => event.getId() === reply);
  await otto.sendMessage(roomId, {
    msgtype: "m.text",
    body: "* At eight",
    "m.new_content": { msgtype: "m.text", body: "At eight" },
    "m.relates_to": { rel_type: "m.replace", event_id: reply },
  });
  const [event] = await edited;
  assert.equal(event.getContent().body, "At eight");
});

await step("a reaction is listed, and taken once", async () => {
  await otto.sendEvent(roomId, "m.reaction", reaction("👍"));
  const { events } = await nora.relations(roomId, reply, "m.annotation", "m.reaction");
  assert.deepEqual(events.map((event) => [event.getSender(), event.getRelation().key]), [[otto.getUserId(), "👍"]]);
  await assert.rejects(
    otto.sendEvent(roomId, "m.reaction", reaction("👍")), (error) => error.errcode === "M_DUPLICATE_ANNOTATION");
});

await step("a new device finds the thread, with its reply as edited", async () => {
  const tablet = await login(baseUrl, "nora");
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
  await otto.redactEvent(roomId, reply);
  const { chunk } = await nora.createThreadListMessagesRequest(roomId, null, 10, Direction.Backward);
  assert.equal(chunk[0].unsigned["m.relations"]["m.thread"].count, 1);
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles.flat(), []);
});

[nora, otto].forEach((client) => client.stopClient());
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
