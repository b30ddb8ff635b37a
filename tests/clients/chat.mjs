// Two users chat and see each other type; a third one outside their room sees nothing of it.

import assert from "node:assert/strict";
import { ClientEvent, KnownMembership, Preset, RoomEvent, RoomMemberEvent } from "matrix-js-sdk";
import { next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const TYPING_MS = 1_500;

const baseUrl = process.argv[2];

for (const [variant, options] of [
  ["plain", {}],
  ["lazy", { lazyLoadMembers: true, threadSupport: true }],
]) {
  await chat(variant, (name) => `${name}.${variant}`, options);
}
finish();

async function chat(variant, nameOf, options) {
  let alice, bob, carol, roomId;
  const troubles = [];
  const seenByCarol = [];
  const run = (name, action) => step(`[${variant}] ${name}`, action);

  const registered = await run("three users register", async () => {
    [alice, bob, carol] = await Promise.all(["alice", "bob", "carol"].map((name) => register(baseUrl, nameOf(name))));
  });
  if (!registered) {
    return;
  }

  await run("they sync", async () => {
    watch(carol, seenByCarol);
    const lists = await Promise.all([alice, bob, carol].map((client) => start(client, options)));
    troubles.push(...lists);
  });

  await run("bob sees alice's invite", async () => {
    const invited = next(bob, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Invite);
    const room = await alice.createRoom({
      preset: Preset.PrivateChat,
      name: "Tea party",
      invite: [bob.getUserId()],
      is_direct: true,
    });
    roomId = room.room_id;
    const [invite] = await invited;
    assert.equal(invite.roomId, roomId);
    assert.equal(invite.name, "Tea party");
    assert.equal(invite.getDMInviter(), alice.getUserId());
  });

  await run("bob joins, and alice sees it", async () => {
    const seen = next(alice, RoomMemberEvent.Membership, (_, member) => isJoined(member, bob));
    const counted = next(alice, ClientEvent.Sync, () => alice.getRoom(roomId)?.getJoinedMemberCount() === 2);
    const joined = next(bob, RoomEvent.MyMembership, (_, membership) => membership === KnownMembership.Join);
    await bob.joinRoom(roomId);
    await Promise.all([seen, counted, joined]);
  });

  for (const [from, to, text] of [[alice, bob, "Have some wine"], [bob, alice, "I don't see any wine"]]) {
    await run(`${nick(to)} reads what ${nick(from)} writes`, async () => {
      const received = next(to, RoomEvent.Timeline, (event) => event.getContent().body === text);
      const { event_id: eventId } = await from.sendTextMessage(roomId, text);
      const [event] = await received;
      assert.equal(event.getId(), eventId);
      assert.equal(event.getSender(), from.getUserId());
      assert.ok(timeline(to, roomId).includes(eventId));
    });
  }

  await run("each has both messages once, in order", async () => {
    for (const client of [alice, bob]) {
      assert.deepEqual(texts(client, roomId), ["Have some wine", "I don't see any wine"]);
    }
  });

  for (const [from, to] of [[alice, bob], [bob, alice]]) {
    await run(`${nick(to)} sees ${nick(from)} start to type`, async () => {
      const seen = typing(to, from, true);
      await from.sendTyping(roomId, true, 60_000);
      await seen;
    });

    await run(`${nick(to)} sees ${nick(from)} stop`, async () => {
      const seen = typing(to, from, false);
      await from.sendTyping(roomId, false);
      await seen;
    });

    await run(`${nick(to)} sees ${nick(from)}'s typing time out`, async () => {
      const [started, ended] = [typing(to, from, true), typing(to, from, false)];
      const sent = performance.now();
      await from.sendTyping(roomId, true, TYPING_MS);
      await started;
      await ended;
      const elapsed = Math.round(performance.now() - sent);
      assert.ok(elapsed >= TYPING_MS, `timed out after ${elapsed} ms`);
      return `${elapsed - TYPING_MS} ms after the deadline`;
    });
  }

  await run("a message ends its sender's typing", async () => {
    const [started, ended] = [typing(bob, alice, true), typing(bob, alice, false)];
    await alice.sendTyping(roomId, true, 60_000);
    await started;
    await alice.sendTextMessage(roomId, "There isn't any");
    await ended;
    assert.equal(texts(bob, roomId).at(-1), "There isn't any");
  });

  await run("carol may neither type nor read in the room", async () => {
    const attempts = [carol.sendTyping(roomId, true, 60_000), carol.roomState(roomId), carol.joinRoom(roomId)];
    await Promise.all(attempts.map((attempt) => assert.rejects(attempt, { errcode: "M_FORBIDDEN" })));
  });

  // Her own account data reaches her after everything before it would have.
  await run("carol has seen nothing", async () => {
    const reached = next(carol, ClientEvent.AccountData, (event) => event.getType() === "test.marker");
    await carol.setAccountDataRaw("test.marker", {});
    await reached;
    assert.deepEqual(seenByCarol, []);
    assert.deepEqual(carol.getRooms(), []);
  });

  await run("no sync has failed", async () => {
    assert.deepEqual(troubles, [[], [], []]);
  });

  [alice, bob, carol].forEach((client) => client.stopClient());
}

function watch(client, seen) {
  for (const event of [ClientEvent.Room, RoomEvent.Timeline, RoomEvent.MyMembership, RoomMemberEvent.Typing]) {
    client.on(event, () => seen.push(event));
  }
}

function typing(observer, typist, expected) {
  return next(
    observer,
    RoomMemberEvent.Typing,
    (_, member) => member.userId === typist.getUserId() && member.typing === expected,
  );
}

function isJoined(member, client) {
  return member.userId === client.getUserId() && member.membership === KnownMembership.Join;
}

function timeline(client, roomId) {
  return client.getRoom(roomId).timeline.map((event) => event.getId());
}

function texts(client, roomId) {
  return client.getRoom(roomId).timeline
    .filter((event) => event.getType() === "m.room.message")
    .map((event) => event.getContent().body);
}

function nick(client) {
  return client.getUserId().slice(1).split(".")[0];
}
