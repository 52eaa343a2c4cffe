import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import { CompressionCodecs, CompressionTypes } from "kafkajs";

/** A codec as kafkajs wants it. */
interface Codec {
    compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
    decompress(data: Buffer): Promise<Buffer>;
}

/** Kafka's codecs by the names that it has for them, and kafkajs's numbers. */
export const COMPRESSIONS = {
    none: CompressionTypes.None,
    gzip: CompressionTypes.GZIP,
    snappy: CompressionTypes.Snappy,
    lz4: CompressionTypes.LZ4,
    zstd: CompressionTypes.ZSTD,
} as const;

/** Name of a codec. */
export type Compression = keyof typeof COMPRESSIONS;

/** Lets kafkajs read and write what it can't by itself: all but gzip. */
export function registerCodecs(): void {
    CompressionCodecs[CompressionTypes.Snappy] = () => SNAPPY;
    CompressionCodecs[CompressionTypes.LZ4] = () => LZ4;
    CompressionCodecs[CompressionTypes.ZSTD] = () => ZSTD;
}

// The packages are native code, which nobody has to load who reads nothing of that kind.

const SNAPPY: Codec = {
    compress: async ({ buffer }) => {
        const { compress } = await import("snappy");
        const block = await compress(buffer);
        return Buffer.concat([XERIAL_HEADER, int32(block.length), block]);
    },
    decompress: async (data) => {
        const { uncompress } = await import("snappy");
        const blocks = snappyBlocks(data).map((block) => uncompress(block, { asBuffer: true }));
        return Buffer.concat((await Promise.all(blocks)) as Buffer[]);
    },
};

const LZ4: Codec = {
    compress: async ({ buffer }) => (await import("lz4-napi")).compressFrame(buffer),
    decompress: async (data) => (await import("lz4-napi")).decompressFrame(data),
};

const compressZstd = promisify<Buffer, Buffer>(zstdCompress);
const decompressZstd = promisify<Buffer, Buffer>(zstdDecompress);

const ZSTD: Codec = {
    compress: ({ buffer }) => compressZstd(buffer),
    decompress: (data) => decompressZstd(data),
};

/**
 * What Java's clients put before blocks of Snappy, and other clients don't: a magic number, a version, and the oldest one that
 * can read it.
 *
 * @see https://github.com/xerial/snappy-java (SnappyCodec)
 */
const XERIAL_HEADER = Buffer.concat([Buffer.from("\x82SNAPPY\0", "latin1"), int32(1), int32(1)]);
const XERIAL_MAGIC = XERIAL_HEADER.subarray(0, 8);

/** The blocks of Snappy in a batch of messages. */
function snappyBlocks(data: Buffer): Buffer[] {
    if (!data.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
        return [data];
    }
    const blocks: Buffer[] = [];
    for (let at = XERIAL_HEADER.length; at < data.length;) {
        const start = at + 4;
        at = start + data.readInt32BE(at);
        blocks.push(data.subarray(start, at));
    }
    return blocks;
}

function int32(value: number): Buffer {
    const buffer = Buffer.alloc(4);
    buffer.writeInt32BE(value);
    return buffer;
}
