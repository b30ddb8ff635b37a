// Rooms are found by their aliases, on the list of public rooms and in a space, and told of before anybody joins.

import assert from "node:assert/strict";
import { EventType, JoinRule, Preset, RoomType, Visibility } from "matrix-js-sdk";
import { register } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];
const serverName = "localhost";

let kate, liam, space, lobby, annex, eventId;

await step("kate opens a lobby and a space, liam looks on", async () => {
  [kate, liam] = await Promise.all([register(baseUrl, "kate"), register(baseUrl, "liam")]);
  ({ room_id: lobby } = await kate.createRoom({
    name: "Lobby", topic: "Come in", room_alias_name: "lobby", preset: Preset.PublicChat, visibility: Visibility.Public,
  }));
  ({ room_id: space } = await kate.createRoom({
    name: "House", preset: Preset.PublicChat, visibility: Visibility.Public, creation_content: { type: RoomType.Space },
  }));
}) || finish();

await step("the alias is taken, and leads to the lobby", async () => {
  const found = await liam.getRoomIdForAlias(`#lobby:${serverName}`);
  assert.deepEqual(found, { room_id: lobby, servers: [serverName] });
  await assert.rejects(kate.createRoom({ room_alias_name: "lobby" }), { errcode: "M_ROOM_IN_USE" });
  await assert.rejects(kate.createAlias(`#lobby:${serverName}`, space), { errcode: "M_UNKNOWN", httpStatus: 409 });
});

await step("the list of public rooms is paged and searched", async () => {
  const first = await liam.publicRooms({ limit: 1 });
  const second = await liam.publicRooms({ limit: 1, since: first.next_batch });
  assert.deepEqual([...first.chunk, ...second.chunk].map((room) => room.room_id).sort(), [lobby, space].sort());
  assert.equal(second.next_batch, undefined);
  const search = await liam.publicRooms({ filter: { generic_search_term: "LOBBY", room_types: [null] } });
  assert.deepEqual(search.chunk.map((room) => [room.name, room.topic, room.canonical_alias, room.num_joined_members]),
    [["Lobby", "Come in", `#lobby:${serverName}`, 1]]);
});

await step("a summary tells of the lobby before liam joins", async () => {
  const summary = await liam.getRoomSummary(`#lobby:${serverName}`);
  assert.deepEqual([summary.room_id, summary.name, summary.membership, summary.join_rule],
    [lobby, "Lobby", "leave", JoinRule.Public]);
});

await step("liam joins by the alias", async () => {
  assert.equal((await liam.joinRoom(`#lobby:${serverName}`)).roomId, lobby);
  assert.equal((await kate.publicRooms({ limit: 1 })).chunk[0].num_joined_members, 2);
});

await step("the space leads to the lobby and to an annex for those in it", async () => {
  ({ room_id: annex } = await kate.createRoom({ name: "Annex", preset: Preset.PrivateChat }));
  await kate.sendStateEvent(annex, EventType.RoomJoinRules, {
    join_rule: JoinRule.Restricted, allow: [{ type: "m.room_membership", room_id: space }],
  }, "");
  await kate.sendStateEvent(space, EventType.SpaceChild, { via: [serverName], order: "b" }, lobby);
  await kate.sendStateEvent(space, EventType.SpaceChild, { via: [serverName], order: "a" }, annex);
  assert.deepEqual(await tree(liam), ["House", "Lobby"]);
  await liam.joinRoom(space);
  assert.deepEqual(await tree(liam), ["House", "Annex", "Lobby"]);
  const { rooms, next_batch: from } = await liam.getRoomHierarchy(space, 2);
  const { rooms: rest } = await liam.getRoomHierarchy(space, 2, undefined, undefined, from);
  assert.deepEqual([...rooms, ...rest].map((room) => room.name), ["House", "Annex", "Lobby"]);
});

await step("liam reports a message and the room", async () => {
  ({ event_id: eventId } = await kate.sendTextMessage(lobby, "Rude"));
  await liam.reportEvent(lobby, eventId, -100, "rude");
  await liam.reportRoom(lobby, "rude room");
});

await step("a deleted alias leaves the room's canonical alias too", async () => {
  await assert.rejects(liam.deleteAlias(`#lobby:${serverName}`), { errcode: "M_FORBIDDEN" });
  await kate.deleteAlias(`#lobby:${serverName}`);
  assert.deepEqual(await kate.getStateEvent(lobby, EventType.RoomCanonicalAlias, ""), {});
  assert.deepEqual((await kate.getLocalAliases(lobby)).aliases, []);
  await assert.rejects(liam.getRoomIdForAlias(`#lobby:${serverName}`), { errcode: "M_NOT_FOUND" });
});

await step("a room off the list is found no more", async () => {
  await kate.setRoomDirectoryVisibility(lobby, Visibility.Private);
  assert.equal((await liam.getRoomDirectoryVisibility(lobby)).visibility, Visibility.Private);
  assert.deepEqual((await liam.publicRooms({})).chunk.map((room) => room.name), ["House"]);
});

finish();

async function tree(client) {
  return (await client.getRoomHierarchy(space)).rooms.map((room) => room.name);
}
