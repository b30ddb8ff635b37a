// Two devices of one user see what another user has read in public, in a thread and not at all, and share their own markers.

import assert from "node:assert/strict";
import { ClientEvent, KnownMembership, Preset, ReceiptType, RoomEvent } from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];

let laptop, phone, henry, roomId;
const troubles = [];
const told = new Map();
const known = new Map();
const sent = {};

await step("gina logs in on two devices, henry on one", async () => {
  [laptop, henry] = await Promise.all([register(baseUrl, "gina"), register(baseUrl, "henry")]);
  phone = await login(baseUrl, "gina");
  for (const client of [laptop, phone, henry]) {
    told.set(client, []);
    known.set(client, new Map());
    client.on(ClientEvent.Event, (event) => known.get(client).set(event.getId(), event));
    client.on(RoomEvent.Receipt, (event) => told.get(client).push(JSON.stringify(event.getContent())));
  }

  const clients = [laptop, phone, henry];
  troubles.push(...(await Promise.all(clients.map((client) => start(client, {})))));
}) || finish();

await step("they share a room, and gina writes", async () => {
  const invited = next(henry, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
  const room = await laptop.createRoom({ preset: Preset.PrivateChat, invite: [henry.getUserId()] });
  roomId = room.room_id;
  await invited;
  await henry.joinRoom(roomId);
  for (const text of ["one", "two", "three"]) {
    sent[text] = await say(text, null);
  }

  sent.reply = await say("reply", sent.one);
});

await step("henry's public receipt reaches both of gina's devices", async () => {
  const seen = both((client) => receipt(client, sent.one, ReceiptType.Read, henry));
  await henry.sendReadReceipt(find(henry, sent.one), ReceiptType.Read, true);
  for (const { ts, thread_id: threadId } of await Promise.all(seen)) {
    assert.ok(ts > 0);
    assert.equal(threadId, undefined);
  }

  for (const client of [laptop, phone]) {
    assert.ok(client.getRoom(roomId).hasUserReadEvent(henry.getUserId(), sent.one));
    assert.ok(!client.getRoom(roomId).hasUserReadEvent(henry.getUserId(), sent.two));
  }
});

await step("henry's receipts say what thread they are for", async () => {
  const main = both((client) => receipt(client, sent.three, ReceiptType.Read, henry));
  const thread = both((client) => receipt(client, sent.reply, ReceiptType.Read, henry));
  await henry.sendReceipt(find(henry, sent.three), ReceiptType.Read, { thread_id: "main" });
  await henry.sendReceipt(find(henry, sent.reply), ReceiptType.Read, { thread_id: sent.one });
  for (const { thread_id: threadId } of await Promise.all(main)) {
    assert.equal(threadId, "main");
  }

  for (const { thread_id: threadId } of await Promise.all(thread)) {
    assert.equal(threadId, sent.one);
  }
});

await step("henry's private receipt is seen by nobody but him", async () => {
  const seen = receipt(henry, sent.two, ReceiptType.ReadPrivate, henry);
  await henry.sendReadReceipt(find(henry, sent.two), ReceiptType.ReadPrivate, true);
  await seen;

  // His next message reaches gina after everything before it would have.
  const reached = both((client) => received(client, "Seen nothing"));
  await henry.sendTextMessage(roomId, "Seen nothing");
  await Promise.all(reached);
  for (const client of [laptop, phone]) {
    assert.deepEqual(told.get(client).filter((content) => content.includes(ReceiptType.ReadPrivate)), []);
  }
});

await step("gina's marker and both her receipts move on her other device", async () => {
  const marker = next(phone, RoomEvent.AccountData, (event, room) =>
    room.roomId === roomId && event.getType() === "m.fully_read");
  const receipts = [
    receipt(phone, sent.two, ReceiptType.Read, laptop),
    receipt(phone, sent.three, ReceiptType.ReadPrivate, laptop),
  ];
  await laptop.setRoomReadMarkers(roomId, sent.one, find(laptop, sent.two), find(laptop, sent.three));
  const [event] = await marker;
  assert.deepEqual(event.getContent(), { event_id: sent.one });
  await Promise.all(receipts);
});

await step("a marker set on one device stays ahead of an older one of the other", async () => {
  const marker = next(laptop, RoomEvent.AccountData, (event) => event.getContent().event_id === sent.three);
  await phone.setRoomReadMarkers(roomId, sent.three);
  await marker;
  await laptop.setRoomReadMarkers(roomId, sent.two);
  const reached = both((client) => received(client, "Still there"));
  await henry.sendTextMessage(roomId, "Still there");
  await Promise.all(reached);
  for (const client of [laptop, phone]) {
    assert.deepEqual(client.getRoom(roomId).getAccountData("m.fully_read").getContent(), { event_id: sent.three });
  }
});

await step("of all that henry has seen gina's public receipt only", async () => {
  const ofGina = told.get(henry).filter((content) => content.includes(laptop.getUserId()));
  assert.ok(ofGina.some((content) => content.includes(sent.two)));
  assert.deepEqual(ofGina.filter((content) => content.includes(ReceiptType.ReadPrivate)), []);
  assert.equal(henry.getRoom(roomId).getAccountData("m.fully_read"), undefined);
});

await step("a new device has the marker, and the receipts of both", async () => {
  const tablet = await login(baseUrl, "gina");
  troubles.push(await start(tablet, {}));
  const room = tablet.getRoom(roomId);
  assert.deepEqual(room.getAccountData("m.fully_read").getContent(), { event_id: sent.three });
  assert.ok(room.hasUserReadEvent(henry.getUserId(), sent.three));
  assert.equal(room.getReadReceiptForUserId(tablet.getUserId(), true, ReceiptType.ReadPrivate).eventId, sent.three);
  tablet.stopClient();
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles.flat(), []);
});

[laptop, phone, henry].forEach((client) => client.stopClient());
finish();

/** Sends a message of gina's, and waits until everybody has it. */
async function say(text, threadRoot) {
  const reached = [laptop, phone, henry].map((client) => received(client, text));
  const { event_id: eventId } = await laptop.sendTextMessage(roomId, threadRoot, text);
  await Promise.all(reached);
  return eventId;
}

function both(watch) {
  return [laptop, phone].map(watch);
}

/** Waits for a receipt, and answers its entry. */
async function receipt(client, eventId, type, reader) {
  const entry = (event) => event.getContent()[eventId]?.[type]?.[reader.getUserId()];
  const [event] = await next(client, RoomEvent.Receipt, (event) => entry(event));
  return entry(event);
}

/** Waits for an event as it comes from the server, in whichever thread. */
function received(client, text) {
  return next(client, ClientEvent.Event, (event) => event.getContent().body === text);
}

function find(client, eventId) {
  return known.get(client).get(eventId);
}
