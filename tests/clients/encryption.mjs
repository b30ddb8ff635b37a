// Two users talk in an encrypted room, on several devices; a new device is vouched for by cross-signing, and restores from
// the backup what was said before.

import assert from "node:assert/strict";
import { ClientEvent, EventType, KnownMembership, MatrixEventEvent, Method, Preset } from "matrix-js-sdk";
import { login, next, register, start } from "./client.mjs";
import { finish, step } from "./steps.mjs";

const baseUrl = process.argv[2];
const troubles = [];
const secrets = {};
let alice, bob, bobsPhone, alicesPhone, room;

await step("three devices of two users publish their keys", async () => {
  const names = ["alice.keys", "bob.keys"];
  [alice, bob] = await Promise.all(names.map((name) => register(baseUrl, name, withSecrets(name))));
  bobsPhone = await login(baseUrl, "bob.keys", withSecrets("bob.keys"));
  for (const client of [alice, bob, bobsPhone]) {
    await begin(client);
  }
});

await step("alice bootstraps cross-signing, secret storage and a backup", async () => {
  await bootstrap(alice);
  assert.equal(await alice.getCrypto().isCrossSigningReady(), true);
  assert.equal(await alice.getCrypto().isSecretStorageReady(), true);
  assert.notEqual(await alice.getCrypto().getActiveSessionBackupVersion(), null);
});

await step("what alice says in an encrypted room, all devices read", async () => {
  room = await createEncryptedRoom();
  await alice.sendTextMessage(room, "only for us");
  for (const client of [alice, bob, bobsPhone]) {
    await read(client, "only for us");
  }
});

await step("what bob answers, alice reads", async () => {
  await bobsPhone.sendTextMessage(room, "and for nobody else");
  for (const client of [alice, bob]) {
    await read(client, "and for nobody else");
  }
});

await step("bob bootstraps on one device, and his other one is vouched for", async () => {
  await bootstrap(bob);
  await unlock(bobsPhone);
  await seen(alice, bob.getUserId(), bobsPhone.getDeviceId());
});

await step("a new device of alice signs itself with the keys from secret storage", async () => {
  alicesPhone = await login(baseUrl, "alice.keys", withSecrets("alice.keys"));
  await begin(alicesPhone);
  await unlock(alicesPhone);
  await seen(bob, alice.getUserId(), alicesPhone.getDeviceId());
});

await step("it restores what was said before from the backup", async () => {
  await until(alice, async () => (await alice.http.authedRequest(Method.Get, "/room_keys/version")).count >= 2);
  const crypto = alicesPhone.getCrypto();
  await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
  const restored = await crypto.restoreKeyBackup();
  assert.ok(restored.imported >= 2, `${restored.imported} of ${restored.total} imported`);
  for (const text of ["only for us", "and for nobody else"]) {
    await read(alicesPhone, text);
  }
  return `${restored.imported} sessions`;
});

await step("what bob says next, it reads by itself", async () => {
  await bob.sendTextMessage(room, "welcome");
  await read(alicesPhone, "welcome");
});

await step("a device that logs out is not encrypted for any more", async () => {
  await bobsPhone.logout(true);
  await until(alice, async () => {
    const devices = await alice.getCrypto().getUserDeviceInfo([bob.getUserId()], true);
    return !devices.get(bob.getUserId()).has(bobsPhone.getDeviceId());
  });
});

await step("no sync has failed", async () => {
  assert.deepEqual(troubles, [[], [], [], []]);
});

[alice, bob, alicesPhone].forEach((client) => client.stopClient());
finish();

async function begin(client) {
  await client.initRustCrypto({ useIndexedDB: false });
  troubles.push(await start(client, {}));
}

/** The options of a client that knows the key to its user's secret storage. */
function withSecrets(name) {
  const getSecretStorageKey = async ({ keys }) => [Object.keys(keys)[0], secrets[name].privateKey];
  return { cryptoCallbacks: { getSecretStorageKey } };
}

async function bootstrap(client) {
  const crypto = client.getCrypto();
  secrets[client.getUserIdLocalpart()] = await crypto.createRecoveryKeyFromPassphrase();
  await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (makeRequest) => makeRequest(null) });
  await crypto.bootstrapSecretStorage({
    createSecretStorageKey: async () => secrets[client.getUserIdLocalpart()],
    setupNewKeyBackup: true,
  });
}

/** Loads the private halves of the cross-signing keys from secret storage, and signs the device with them. */
async function unlock(client) {
  await until(client, () => client.getCrypto().userHasCrossSigningKeys(client.getUserId(), true));
  await client.getCrypto().bootstrapCrossSigning({});
}

/** Waits until a client sees another device signed by its owner. */
async function seen(client, userId, deviceId) {
  await until(client, async () => {
    await client.getCrypto().getUserDeviceInfo([userId], true);
    return (await client.getCrypto().getDeviceVerificationStatus(userId, deviceId))?.signedByOwner;
  });
}

async function createEncryptedRoom() {
  const invited = next(bob, ClientEvent.Room, (found) => found.getMyMembership() === KnownMembership.Invite);
  const { room_id: roomId } = await alice.createRoom({
    preset: Preset.TrustedPrivateChat,
    invite: [bob.getUserId()],
    initial_state: [{
      type: EventType.RoomEncryption,
      state_key: "",
      content: { algorithm: "m.megolm.v1.aes-sha2" },
    }],
  });
  await invited;
  await bob.joinRoom(roomId);
  await until(alice, () => alice.getRoom(roomId)?.getMember(bob.getUserId())?.membership === KnownMembership.Join);
  await until(bobsPhone, () => bobsPhone.getRoom(roomId)?.getMyMembership() === KnownMembership.Join);
  return roomId;
}

/** Waits until a client shows a text in the room, decrypted. */
async function read(client, text) {
  await until(client, () => client.getRoom(room)?.getLiveTimeline().getEvents()
    .some((event) => event.isEncrypted() && !event.isDecryptionFailure() && event.getContent().body === text));
}

/** Waits until a condition is true, looking again after each sync and each decryption. */
async function until(client, condition) {
  while (!(await condition())) {
    await Promise.race([
      next(client, ClientEvent.Sync, () => true),
      next(client, MatrixEventEvent.Decrypted, () => true),
      new Promise((resolve) => setTimeout(resolve, 200)),
    ]);
  }
}
