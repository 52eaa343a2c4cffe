import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { CompressionCodecs, CompressionTypes } from "kafkajs";
import { compress as compressBlock } from "snappy";
import { type Compression, COMPRESSIONS, registerCodecs } from "../../../../tools/client/codecs";
import BATCHES from "./batches/kafka-3.9.2.json";

/** What comes in a batch before its messages: offsets, lengths, times and the like. */
const BATCH_HEADER = 61;

/** A codec as kafkajs calls it. */
interface Codec {
    readonly compress: (encoder: { buffer: Buffer }) => Promise<Buffer>;
    readonly decompress: (data: Buffer) => Promise<Buffer>;
}

function codec(name: Exclude<Compression, "none">): Codec {
    registerCodecs();
    return (CompressionCodecs as Record<CompressionTypes, () => Codec>)[COMPRESSIONS[name]]();
}

/** The compressed messages of a batch that Kafka's Java client wrote. */
function fromJava(name: keyof typeof BATCHES): Buffer {
    return Buffer.from(BATCHES[name], "base64").subarray(BATCH_HEADER);
}

describe("the codecs", () => {
    for (const name of ["gzip", "snappy", "lz4", "zstd"] as const) {
        it(`read what Kafka's Java client compressed with ${name}`, async () => {
            const messages = gunzipSync(fromJava("gzip"));
            assert.equal(messages.length, 95_098 - BATCH_HEADER);
            assert.deepEqual(await codec(name).decompress(fromJava(name)), messages);
        });

        it(`read what they compressed with ${name} themselves`, async () => {
            const { compress, decompress } = codec(name);
            for (const buffer of [Buffer.from("Hello"), randomBytes(100_000), Buffer.alloc(0)]) {
                assert.deepEqual(await decompress(await compress({ buffer })), buffer);
            }
        });

        it(`refuse what was not compressed with ${name}`, () =>
            assert.rejects(codec(name).decompress(Buffer.from("no such thing as a frame"))));
    }

    it("write Snappy as Java's clients do, and read it as others write it", async () => {
        const { compress, decompress } = codec("snappy");
        const written = await compress({ buffer: Buffer.from("Hello") });
        assert.deepEqual(written.subarray(0, 16), fromJava("snappy").subarray(0, 16));
        const bare = await compressBlock(Buffer.from("Hello"));
        assert.deepEqual(await decompress(bare), Buffer.from("Hello"));
    });
});
