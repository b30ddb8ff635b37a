// Two devices of one user see the same counts of what is unread: by room, by thread, and by rules of their own.

import assert from "node:assert/strict";
import {
  ClientEvent, Filter, KnownMembership, NotificationCountType, Preset, PushRuleKind, RoomEvent,
} from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];

let laptop, phone, jack, roomId, root;
const troubles = [];

await step("iris logs in on two devices, jack on one", async () => {
  [laptop, jack] = await Promise.all([register(baseUrl, "iris"), register(baseUrl, "jack")]);
  phone = await login(baseUrl, "iris");
  troubles.push(...(await Promise.all([laptop, phone, jack].map((client) => start(client, { filter: byThread(client) })))));
}) || finish();

await step("they share a room where nothing is unread", async () => {
  const invited = next(jack, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
  ({ room_id: roomId } = await laptop.createRoom({ preset: Preset.PrivateChat, invite: [jack.getUserId()] }));
  await invited;
  await jack.joinRoom(roomId);
  await countsAre({ room: [0, 0] });
});

await step("a message raises the count on both devices", async () => {
  ({ event_id: root } = await jack.sendTextMessage(roomId, "Hello"));
  await countsAre({ room: [1, 0] });
});

await step("a mention highlights", async () => {
  await jack.sendMessage(roomId, {
    msgtype: "m.text", body: "Iris?", "m.mentions": { user_ids: [laptop.getUserId()] },
  });
  await countsAre({ room: [2, 1] });
});

await step("a thread counts for itself", async () => {
  await jack.sendTextMessage(roomId, root, "In the thread");
  await countsAre({ room: [2, 1], thread: [1, 0] });
});

await step("reading the main timeline on one device clears it on the other", async () => {
  await laptop.sendReceipt(last(laptop), "m.read", { thread_id: "main" });
  await countsAre({ room: [0, 0], thread: [1, 0] });
});

await step("an answer in the thread reads it", async () => {
  await phone.sendTextMessage(roomId, root, "Here I am");
  await countsAre({ room: [0, 0], thread: [0, 0] });
});

await step("a message of one's own reads what came before it", async () => {
  await jack.sendTextMessage(roomId, "One more");
  await countsAre({ room: [1, 0] });
  await laptop.sendTextMessage(roomId, "Read it");
  await countsAre({ room: [0, 0] });
});

await step("a rule made on one device is told to the other, and mutes the room", async () => {
  const told = next(phone, ClientEvent.AccountData, (event) => event.getType() === "m.push_rules");
  await laptop.addPushRule("global", PushRuleKind.RoomSpecific, roomId, { actions: [] });
  const [event] = await told;
  assert.deepEqual(event.getContent().global.room.map((rule) => rule.rule_id), [roomId]);
  const reached = received("You cannot hear me");
  await jack.sendTextMessage(roomId, "You cannot hear me");
  await reached;
  await countsAre({ room: [0, 0] });
});

await step("without the rule the message counts", async () => {
  await phone.deletePushRule("global", PushRuleKind.RoomSpecific, roomId);
  await jack.sendTextMessage(roomId, "Now you can");
  await countsAre({ room: [2, 0] });
});

await step("a redacted message counts no more", async () => {
  await jack.redactEvent(roomId, last(jack).getId());
  await countsAre({ room: [1, 0] });
});

await step("a new device begins with the same counts", async () => {
  const tablet = await login(baseUrl, "iris");
  troubles.push(await start(tablet, { filter: byThread(tablet) }));
  assert.deepEqual(counts(tablet), { room: [1, 0], thread: [0, 0] });
  tablet.stopClient();
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles.flat(), []);
});

[laptop, phone, jack].forEach((client) => client.stopClient());
finish();

function byThread(client) {
  const filter = new Filter(client.getUserId());
  filter.setUnreadThreadNotifications(true);
  return filter;
}

/** Waits until both devices of iris have these counts of notifications and highlights. */
async function countsAre({ room, thread = [0, 0] }) {
  const expected = JSON.stringify({ room, thread });
  await Promise.all([laptop, phone].map((client) =>
    JSON.stringify(counts(client)) === expected
      || next(client, ClientEvent.Sync, () => JSON.stringify(counts(client)) === expected)));
}

function counts(client) {
  const room = client.getRoom(roomId);
  const types = [NotificationCountType.Total, NotificationCountType.Highlight];
  return {
    room: types.map((type) => room?.getRoomUnreadNotificationCount(type) ?? 0),
    thread: types.map((type) => room?.getThreadUnreadNotificationCount(root, type) ?? 0),
  };
}

/** Waits until both devices of iris have a message. */
function received(text) {
  return Promise.all([laptop, phone].map((client) =>
    next(client, ClientEvent.Event, (event) => event.getContent().body === text)));
}

/** The latest message outside threads. */
function last(client) {
  return client.getRoom(roomId).getLiveTimeline().getEvents()
    .findLast((event) => event.getType() === "m.room.message" && event.threadRootId === undefined);
}
