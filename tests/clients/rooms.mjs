// Two users come together by knocking and by a restricted room, and move on to the room that replaces it.

import assert from "node:assert/strict";
import { ClientEvent, EventType, JoinRule, KnownMembership, Preset, RoomEvent, RoomMemberEvent } from "matrix-js-sdk";
import { next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];
const troubles = [];
let alice, bob, club, hall, successor;

await step("two users register and sync", async () => {
  [alice, bob] = await Promise.all(["alice.rooms", "bob.rooms"].map((name) => register(baseUrl, name)));
  troubles.push(...(await Promise.all([alice, bob].map((client) => start(client, {})))));
});

await step("bob knocks, and alice sees why", async () => {
  club = await createRoom({ join_rule: JoinRule.Knock }, "Club");
  const knocked = next(alice, RoomMemberEvent.Membership, (_, member) => is(member, KnownMembership.Knock));
  const waiting = next(bob, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Knock);
  await bob.knockRoom(club, { reason: "I brought tea" });
  const [event] = await knocked;
  await waiting;
  assert.equal(event.getContent().reason, "I brought tea");
});

await step("alice invites, and bob comes in", async () => {
  const invited = next(bob, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
  await alice.invite(club, bob.getUserId());
  await invited;
  await join(bob, club);
});

await step("members of the club may enter the hall", async () => {
  const allow = [{ type: "m.room_membership", room_id: club }];
  hall = await createRoom({ join_rule: JoinRule.Restricted, allow }, "Hall");
  await join(bob, hall);
  const member = bob.getRoom(hall).currentState.getStateEvents(EventType.RoomMember, bob.getUserId());
  assert.equal(member.getContent().join_authorised_via_users_server, alice.getUserId());
});

await step("alice upgrades the hall, and both see it closed", async () => {
  await tag(alice);
  await tag(bob);
  const isTombstone = (event) => event.getType() === EventType.RoomTombstone && event.getRoomId() === hall;
  const closed = [alice, bob].map((client) => next(client, ClientEvent.Event, isTombstone));
  successor = (await alice.upgradeRoom(hall, "12")).replacement_room;
  for (const [event] of await Promise.all(closed)) {
    assert.equal(event.getContent().replacement_room, successor);
  }
  await assert.rejects(bob.sendTextMessage(hall, "anybody here?"), { errcode: "M_FORBIDDEN" });
});

await step("bob follows by the same condition", async () => {
  await join(bob, successor);
});

await step("both clients show one room for the two", async () => {
  for (const client of [alice, bob]) {
    await until(client, () => client.getRoom(successor)?.tags["m.favourite"]);
    assert.deepEqual(client.getRoomUpgradeHistory(hall, true).map((room) => room.roomId), [hall, successor]);
    assert.deepEqual(client.getVisibleRooms(true).map((room) => room.name).sort(), ["Club", "Hall"]);
    assert.equal(client.getRoom(successor).getVersion(), "12");
  }
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles, [[], []]);
});

[alice, bob].forEach((client) => client.stopClient());
finish();

async function createRoom(joinRules, name) {
  const { room_id: roomId } = await alice.createRoom({
    preset: Preset.PrivateChat,
    room_version: "11",
    name,
    initial_state: [{ type: EventType.RoomJoinRules, state_key: "", content: joinRules }],
  });
  return roomId;
}

async function join(client, roomId) {
  const joined = until(client, () => client.getRoom(roomId)?.getMyMembership() === KnownMembership.Join);
  await client.joinRoom(roomId);
  await joined;
}

async function tag(client) {
  const tagged = until(client, () => client.getRoom(hall)?.tags["m.favourite"]);
  await client.setRoomTag(hall, "m.favourite", {});
  await tagged;
}

/** Waits for the sync that makes a condition true. */
async function until(client, condition) {
  if (!condition()) {
    await next(client, ClientEvent.Sync, () => condition());
  }
}

function is(member, membership) {
  return member.userId === bob.getUserId() && member.membership === membership;
}
