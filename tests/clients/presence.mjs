// One user sees the other come online, say what they do, go idle, come back, hide and leave.

import assert from "node:assert/strict";
import { ClientEvent, KnownMembership, Preset, RoomEvent, RoomMemberEvent, SetPresence } from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];

let tilda, laptop, phone, vera, roomId;
const troubles = [];

await step("tilda watches, ulrich has not logged in for a while, vera knows neither", async () => {
  [tilda, laptop, vera] = await Promise.all(["tilda", "ulrich", "vera"].map((name) => register(baseUrl, name)));
  phone = await login(baseUrl, "ulrich");
  troubles.push(await start(tilda, {}));
}) || finish();

await step("they share a room", async () => {
  const room = await tilda.createRoom({ preset: Preset.PrivateChat, invite: [laptop.getUserId()] });
  roomId = room.room_id;
  const joined = next(tilda, RoomMemberEvent.Membership, (_, member) =>
    member.userId === laptop.getUserId() && member.membership === KnownMembership.Join);
  await laptop.joinRoom(roomId);
  await joined;
});

await step("ulrich's laptop comes online", async () => {
  const seen = presence((user) => user.presence === "online");
  troubles.push(await start(laptop, {}));
  const user = await seen;
  assert.ok(user.currentlyActive);
  assert.ok(user.lastActiveAgo < 5_000);
});

await step("he says what he does", async () => {
  const seen = presence((user) => user.presenceStatusMsg === "Down the rabbit hole");
  await laptop.setPresence({ presence: "online", status_msg: "Down the rabbit hole" });
  assert.equal((await seen).presence, "online");
  const status = await tilda.getPresence(laptop.getUserId());
  assert.equal(status.presence, "online");
  assert.equal(status.status_msg, "Down the rabbit hole");
  assert.ok(status.last_active_ago < 5_000);
});

await step("he goes idle by doing nothing", async () => {
  const user = await presence((user) => user.presence === "unavailable");
  assert.equal(user.presenceStatusMsg, "Down the rabbit hole");
  assert.ok(!user.currentlyActive);
});

await step("a message brings him back", async () => {
  const seen = presence((user) => user.presence === "online");
  await laptop.sendTextMessage(roomId, "Curiouser");
  const user = await seen;
  assert.equal(user.presenceStatusMsg, "Down the rabbit hole");
  assert.ok(user.currentlyActive);
});

await step("a new name comes with his presence", async () => {
  const seen = presence((_, content) => content.displayname === "Ulrich the Great");
  await laptop.setDisplayName("Ulrich the Great");
  assert.equal((await seen).presence, "online");
});

await step("his phone, which hides him, does not drag him down", async () => {
  troubles.push(await start(phone, {}));
  await phone.setSyncPresence(SetPresence.Offline);
  const reached = next(phone, RoomEvent.Timeline, (event) => event.getContent().body === "Still here");
  await laptop.sendTextMessage(roomId, "Still here");
  await reached;
  assert.equal((await tilda.getPresence(laptop.getUserId())).presence, "online");
});

await step("he is offline once his laptop is closed, and his phone does not change that", async () => {
  const seen = presence((user) => user.presence === "offline");
  laptop.stopClient();
  const user = await seen;
  assert.ok(!user.currentlyActive);
  const reached = next(phone, RoomEvent.Timeline, (event) => event.getContent().body === "Where are you?");
  await tilda.sendTextMessage(roomId, "Where are you?");
  await reached;
  assert.equal((await tilda.getPresence(laptop.getUserId())).presence, "offline");
});

await step("his phone shows him online once it hides him no longer", async () => {
  const seen = presence((user) => user.presence === "online");
  await phone.setSyncPresence(SetPresence.Online);
  await tilda.sendTextMessage(roomId, "Come out");
  await seen;
});

await step("vera, who shares no room with him, may not see it", async () => {
  await assert.rejects(vera.getPresence(laptop.getUserId()), (error) => [403, 404].includes(error.httpStatus));
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles.flat(), []);
});

[tilda, laptop, phone].forEach((client) => client.stopClient());
finish();

/** Waits until tilda is told that ulrich's presence is so, and answers him as her client shows him. */
async function presence(accepts) {
  const userId = laptop.getUserId();
  await next(tilda, ClientEvent.Event, (event) =>
    event.getType() === "m.presence" && event.getSender() === userId && accepts(tilda.getUser(userId), event.getContent()));
  return tilda.getUser(userId);
}
