// @ts-check
// Messages that Python packed, read back. tests/ui/live/test_wire.py makes sure that the file is what Python packs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { unpack } from '../../../../dnn/ui/live/static/wire.js';

/**
 * @typedef {object} Message
 * @property {string} bytes base64
 * @property {object} header
 * @property {Record<string, { type: 'u1' | 'u2' | 'u4' | 'f4', shape: number[], values: number[] }>} parts
 */
/** @type {Message[]} */
const messages = JSON.parse(readFileSync(new URL('../../../fixtures/messages.json', import.meta.url), 'utf8'));
const TYPES = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array };

for (const [place, { bytes, header, parts }] of messages.entries()) {
  test(`message ${place} is what was packed`, () => {
    const { buffer } = Uint8Array.from(Buffer.from(bytes, 'base64'));
    const { header: found, ...arrays } = unpack(buffer);
    const { parts: table, ...rest } = found;
    assert.deepEqual(rest, header);
    assert.deepEqual(
      table,
      Object.entries(parts).map(([name, { type, shape }]) => [name, type, shape]),
    );
    const wanted = Object.entries(parts).map(([name, { type, values }]) => {
      return [name, new TYPES[type](values)];
    });
    assert.deepEqual(arrays, Object.fromEntries(wanted));
  });
}

test('a scene is parsed', () => {
  const scene = { id: 7, names: ['甲', 'b'] };
  const bytes = new TextEncoder().encode(JSON.stringify(scene));
  const text = JSON.stringify({ parts: [['scene', 'u1', [bytes.length]]] });
  const header = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 4) * 4));
  const message = new Uint8Array(4 + header.length + Math.ceil(bytes.length / 4) * 4);
  new DataView(message.buffer).setUint32(0, header.length, true);
  message.set(header, 4);
  message.set(bytes, 4 + header.length);
  assert.deepEqual(unpack(message.buffer).scene, scene);
});
