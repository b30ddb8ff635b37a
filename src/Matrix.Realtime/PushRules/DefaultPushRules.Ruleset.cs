using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.PushRules;

internal sealed partial class DefaultPushRules
{
    /// <summary>
    /// In the order in which they are tried. The three that search bodies are gone from the specification since v1.17.
    /// </summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Text =
        """
        {
          "override": [
            {
              "rule_id": ".m.rule.master", "enabled": false,
              "conditions": [],
              "actions": []
            },
            {
              "rule_id": ".m.rule.suppress_notices", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "content.msgtype", "pattern": "m.notice" }
              ],
              "actions": []
            },
            {
              "rule_id": ".m.rule.invite_for_me", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.room.member" },
                { "kind": "event_match", "key": "content.membership", "pattern": "invite" },
                { "kind": "event_match", "key": "state_key", "pattern": "<user>" }
              ],
              "actions": ["notify", { "set_tweak": "sound", "value": "default" }]
            },
            {
              "rule_id": ".m.rule.member_event", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.room.member" }
              ],
              "actions": []
            },
            {
              "rule_id": ".m.rule.is_user_mention", "enabled": true,
              "conditions": [
                { "kind": "event_property_contains", "key": "content.m\\.mentions.user_ids", "value": "<user>" }
              ],
              "actions": ["notify", { "set_tweak": "sound", "value": "default" }, { "set_tweak": "highlight" }]
            },
            {
              "rule_id": ".m.rule.contains_display_name", "enabled": true,
              "conditions": [
                { "kind": "contains_display_name" }
              ],
              "actions": ["notify", { "set_tweak": "sound", "value": "default" }, { "set_tweak": "highlight" }]
            },
            {
              "rule_id": ".m.rule.is_room_mention", "enabled": true,
              "conditions": [
                { "kind": "event_property_is", "key": "content.m\\.mentions.room", "value": true },
                { "kind": "sender_notification_permission", "key": "room" }
              ],
              "actions": ["notify", { "set_tweak": "highlight" }]
            },
            {
              "rule_id": ".m.rule.roomnotif", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "content.body", "pattern": "@room" },
                { "kind": "sender_notification_permission", "key": "room" }
              ],
              "actions": ["notify", { "set_tweak": "highlight" }]
            },
            {
              "rule_id": ".m.rule.tombstone", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.room.tombstone" },
                { "kind": "event_match", "key": "state_key", "pattern": "" }
              ],
              "actions": ["notify", { "set_tweak": "highlight" }]
            },
            {
              "rule_id": ".m.rule.reaction", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.reaction" }
              ],
              "actions": []
            },
            {
              "rule_id": ".m.rule.room.server_acl", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.room.server_acl" },
                { "kind": "event_match", "key": "state_key", "pattern": "" }
              ],
              "actions": []
            },
            {
              "rule_id": ".m.rule.suppress_edits", "enabled": true,
              "conditions": [
                { "kind": "event_property_is", "key": "content.m\\.relates_to.rel_type", "value": "m.replace" }
              ],
              "actions": []
            }
          ],
          "content": [
            {
              "rule_id": ".m.rule.contains_user_name", "enabled": true,
              "pattern": "<name>",
              "actions": ["notify", { "set_tweak": "sound", "value": "default" }, { "set_tweak": "highlight" }]
            }
          ],
          "room": [],
          "sender": [],
          "underride": [
            {
              "rule_id": ".m.rule.call", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.call.invite" }
              ],
              "actions": ["notify", { "set_tweak": "sound", "value": "ring" }]
            },
            {
              "rule_id": ".m.rule.encrypted_room_one_to_one", "enabled": true,
              "conditions": [
                { "kind": "room_member_count", "is": "2" },
                { "kind": "event_match", "key": "type", "pattern": "m.room.encrypted" }
              ],
              "actions": ["notify", { "set_tweak": "sound", "value": "default" }]
            },
            {
              "rule_id": ".m.rule.room_one_to_one", "enabled": true,
              "conditions": [
                { "kind": "room_member_count", "is": "2" },
                { "kind": "event_match", "key": "type", "pattern": "m.room.message" }
              ],
              "actions": ["notify", { "set_tweak": "sound", "value": "default" }]
            },
            {
              "rule_id": ".m.rule.message", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.room.message" }
              ],
              "actions": ["notify"]
            },
            {
              "rule_id": ".m.rule.encrypted", "enabled": true,
              "conditions": [
                { "kind": "event_match", "key": "type", "pattern": "m.room.encrypted" }
              ],
              "actions": ["notify"]
            }
          ]
        }
        """;
}
