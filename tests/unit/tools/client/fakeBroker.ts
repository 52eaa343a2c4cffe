import net from "node:net";
import tls from "node:tls";

function int16(value: number): Buffer {
    const buffer = Buffer.alloc(2);
    buffer.writeInt16BE(value);
    return buffer;
}

function int32(value: number): Buffer {
    const buffer = Buffer.alloc(4);
    buffer.writeInt32BE(value);
    return buffer;
}

function text(value: string): Buffer {
    return Buffer.concat([int16(value.length), Buffer.from(value)]);
}

function array(...items: Buffer[]): Buffer {
    return Buffer.concat([int32(items.length), ...items]);
}

const API_VERSIONS = 18;
const METADATA = 3;
const NO_ERROR = int16(0);
const LEADER_NOT_AVAILABLE = int16(5);
const UNTHROTTLED = int32(0);

/** A broker in the metadata. */
interface AdvertisedBroker {
    readonly id: number;
    readonly host: string;
    readonly port: number;
}

/** What a broker answers, by the number of the request: its versions, and a topic without a leader. */
const answers = (brokers: readonly AdvertisedBroker[]): Readonly<Record<number, Buffer>> => ({
    [API_VERSIONS]: Buffer.concat([
        NO_ERROR,
        array(
            Buffer.concat([int16(API_VERSIONS), int16(0), int16(2)]),
            Buffer.concat([int16(METADATA), int16(0), int16(5)]),
        ),
        UNTHROTTLED,
    ]),
    [METADATA]: Buffer.concat([
        UNTHROTTLED,
        array(
            ...brokers.map(({ id, host, port }) =>
                Buffer.concat([int32(id), text(host), int32(port), text("zone-a")]),
            ),
        ),
        text("cluster"),
        int32(7),
        array(
            Buffer.concat([
                NO_ERROR,
                text("orders"),
                Buffer.from([0]),
                array(
                    Buffer.concat([
                        LEADER_NOT_AVAILABLE,
                        int32(0),
                        int32(-1),
                        array(int32(8)),
                        array(int32(8)),
                        array(int32(8)),
                    ]),
                ),
            ]),
        ),
    ]),
});

/** A server that speaks as much of Kafka's protocol as its metadata need, and names these brokers. */
export function startBroker(
    ...brokers: readonly AdvertisedBroker[]
): Promise<{ server: net.Server; address: string }> {
    return listen(net.createServer((socket) => serve(socket, brokers)));
}

/** {@link startBroker} with TLS. */
export function startSecureBroker(
    options: tls.TlsOptions,
    ...brokers: readonly AdvertisedBroker[]
): Promise<{ server: net.Server; address: string }> {
    return listen(tls.createServer(options, (socket) => serve(socket, brokers)));
}

function serve(socket: net.Socket, brokers: readonly AdvertisedBroker[]): void {
    const known = answers(brokers);
    socket.on("error", () => undefined);
    socket.on("data", (request) => {
        // Size, API key, version, correlation id.
        const answer = known[request.readInt16BE(4)]!;
        const correlation = request.subarray(8, 12);
        socket.write(Buffer.concat([int32(answer.length + 4), correlation, answer]));
    });
}

async function listen(server: net.Server): Promise<{ server: net.Server; address: string }> {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, address: `127.0.0.1:${(server.address() as net.AddressInfo).port}` };
}
