// Two devices of one user keep their account data, tags and ignored users in step.

import assert from "node:assert/strict";
import { ClientEvent, KnownMembership, Preset, RoomEvent } from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const DELETION = "org.matrix.msc3391";

const baseUrl = process.argv[2];

let laptop, phone, erik, roomId;
const troubles = [];

await step("dora logs in on two devices, erik on one", async () => {
  [laptop, erik] = await Promise.all([register(baseUrl, "dora"), register(baseUrl, "erik")]);
  phone = await login(baseUrl, "dora");
  troubles.push(...(await Promise.all([laptop, phone, erik].map((client) => start(client, {})))));
}) || finish();

await step("they share a room", async () => {
  const invited = next(erik, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
  const shown = next(phone, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Join);
  const room = await laptop.createRoom({ preset: Preset.PrivateChat, invite: [erik.getUserId()] });
  roomId = room.room_id;
  await Promise.all([invited, shown]);
  const joined = next(erik, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Join);
  await erik.joinRoom(roomId);
  await joined;
});

await step("account data of one device reaches the other", async () => {
  const seen = accountData(phone, "test.theme");
  await laptop.setAccountData("test.theme", { dark: true });
  assert.deepEqual(await seen, { dark: true });
  const answered = accountData(laptop, "test.theme");
  await phone.setAccountData("test.theme", { dark: false });
  assert.deepEqual(await answered, { dark: false });
});

await step("a room marked unread on one device is so on the other, and stays so", async () => {
  const seen = roomAccountData(phone, "m.marked_unread");
  await laptop.setRoomAccountData(roomId, "m.marked_unread", { unread: true });
  assert.deepEqual(await seen, { unread: true });
  await Promise.all([received(phone, "Curiouser"), received(laptop, "Curiouser"), erik.sendTextMessage(roomId, "Curiouser")]);
  assert.deepEqual(phone.getRoom(roomId).getAccountData("m.marked_unread").getContent(), { unread: true });
});

await step("tags set on both devices at once are on both", async () => {
  const both = [laptop, phone].map((client) => tagged(client, (tags) => "m.favourite" in tags && "u.tea" in tags));
  await Promise.all([
    laptop.setRoomTag(roomId, "m.favourite", { order: 0.25 }),
    phone.setRoomTag(roomId, "u.tea", {}),
  ]);
  await Promise.all(both);
  assert.deepEqual(phone.getRoom(roomId).tags, { "m.favourite": { order: 0.25 }, "u.tea": {} });
});

await step("a tag removed on one device is gone on the other", async () => {
  const removed = tagged(laptop, (tags) => !("m.favourite" in tags));
  await phone.deleteRoomTag(roomId, "m.favourite");
  await removed;
  assert.deepEqual(laptop.getRoom(roomId).tags, { "u.tea": {} });
});

await step("an ignored user's messages and typing reach neither device", async () => {
  const known = accountData(phone, "m.ignored_user_list");
  await laptop.setIgnoredUsers([erik.getUserId()]);
  await known;
  assert.ok(phone.isUserIgnored(erik.getUserId()));
  await erik.sendTyping(roomId, true, 60_000);
  await erik.sendTextMessage(roomId, "Hidden");

  // Dora's own account data reaches her after everything before it would have.
  const reached = [laptop, phone].map((client) => accountData(client, "test.marker"));
  await laptop.setAccountDataRaw("test.marker", {});
  await Promise.all(reached);
  for (const client of [laptop, phone]) {
    assert.ok(!texts(client).includes("Hidden"));
    assert.ok(!client.getRoom(roomId).getMember(erik.getUserId()).typing);
  }
});

await step("when he is ignored no longer, his next messages do", async () => {
  const known = accountData(laptop, "m.ignored_user_list");
  await phone.setIgnoredUsers([]);
  await known;
  await Promise.all([received(laptop, "Visible"), received(phone, "Visible"), erik.sendTextMessage(roomId, "Visible")]);
  for (const client of [laptop, phone]) {
    assert.deepEqual(texts(client), ["Curiouser", "Visible"]);
  }
});

await step("account data deleted on one device is empty on the other, and gone on the server", async () => {
  assert.ok(await laptop.doesServerSupportUnstableFeature(DELETION));
  const seen = [accountData(phone, "test.theme"), roomAccountData(phone, "m.marked_unread")];
  const user = `/user/${encodeURIComponent(laptop.getUserId())}`;
  const prefix = `/_matrix/client/unstable/${DELETION}`;
  for (const path of ["account_data/test.theme", `rooms/${encodeURIComponent(roomId)}/account_data/m.marked_unread`]) {
    await laptop.http.authedRequest("DELETE", `${user}/${path}`, undefined, undefined, { prefix });
  }
  assert.deepEqual(await Promise.all(seen), [{}, {}]);
});

await step("a new device has the tags and all messages, and nothing of what was deleted", async () => {
  const tablet = await login(baseUrl, "dora");
  assert.equal(await tablet.getAccountDataFromServer("test.theme"), null);
  troubles.push(await start(tablet, {}));
  const room = tablet.getRoom(roomId);
  assert.equal(tablet.getAccountData("test.theme"), undefined);
  assert.equal(room.getAccountData("m.marked_unread"), undefined);
  assert.deepEqual(room.tags, { "u.tea": {} });
  assert.deepEqual(texts(tablet), ["Curiouser", "Hidden", "Visible"]);
  tablet.stopClient();
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles.flat(), []);
});

[laptop, phone, erik].forEach((client) => client.stopClient());
finish();

async function accountData(client, type) {
  const [event] = await next(client, ClientEvent.AccountData, (event) => event.getType() === type);
  return event.getContent();
}

async function roomAccountData(client, type) {
  const [event] = await next(
    client, RoomEvent.AccountData, (event, room) => room.roomId === roomId && event.getType() === type);
  return event.getContent();
}

function tagged(client, accepts) {
  return next(client, RoomEvent.Tags, (_, room) => room.roomId === roomId && accepts(room.tags));
}

function received(client, text) {
  return next(client, RoomEvent.Timeline, (event) => event.getContent().body === text);
}

function texts(client) {
  return client.getRoom(roomId).timeline
    .filter((event) => event.getType() === "m.room.message")
    .map((event) => event.getContent().body);
}
