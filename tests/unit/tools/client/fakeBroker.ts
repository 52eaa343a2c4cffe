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
const FIND_COORDINATOR = 10;
/** The number of a request to become a member of a consumer group. */
export const JOIN_GROUP = 11;
/** The number of a request for configurations. */
export const DESCRIBE_CONFIGS = 32;
const NO_ERROR = int16(0);
const LEADER_NOT_AVAILABLE = int16(5);
const GROUP_LOAD_IN_PROGRESS = int16(14);
const UNTHROTTLED = int32(0);
const NO_LEADER = -1;
/** Kafka's `socket.request.max.bytes`. */
const LARGEST_REQUEST = 100 * 1024 * 1024;

/** A broker in the metadata. */
interface AdvertisedBroker {
    readonly id: number;
    readonly host: string;
    readonly port: number;
}

/** What a broker answers, by the number of the request: its versions, a topic, and a group's coordinator that loads. */
const answers = (
    brokers: readonly AdvertisedBroker[],
    leader: number,
): Readonly<Record<number, Buffer>> => ({
    [API_VERSIONS]: Buffer.concat([
        NO_ERROR,
        array(
            Buffer.concat([int16(API_VERSIONS), int16(0), int16(2)]),
            Buffer.concat([int16(METADATA), int16(0), int16(5)]),
            Buffer.concat([int16(DESCRIBE_CONFIGS), int16(0), int16(0)]),
            Buffer.concat([int16(FIND_COORDINATOR), int16(0), int16(0)]),
            Buffer.concat([int16(JOIN_GROUP), int16(0), int16(0)]),
        ),
        UNTHROTTLED,
    ]),
    [FIND_COORDINATOR]: Buffer.concat([
        NO_ERROR,
        ...brokers
            .slice(0, 1)
            .map(({ id, host, port }) => Buffer.concat([int32(id), text(host), int32(port)])),
    ]),
    [JOIN_GROUP]: Buffer.concat([
        GROUP_LOAD_IN_PROGRESS,
        int32(-1),
        text(""),
        text(""),
        text(""),
        array(),
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
                        leader < 0 ? LEADER_NOT_AVAILABLE : NO_ERROR,
                        int32(0),
                        int32(leader),
                        array(int32(8)),
                        array(int32(8)),
                        array(int32(8)),
                    ]),
                ),
            ]),
        ),
    ]),
});

/** The names and the settings that a question for configurations asks for, each of which has the value 2. */
function describeConfigs(request: Buffer): Buffer {
    // Size, API key, version, correlation id, and the client's name before it.
    let at = 14 + request.readInt16BE(12);
    const number = () => request.readInt32BE((at += 4) - 4);
    const string = () => {
        const length = request.readInt16BE(at);
        return request.subarray(at + 2, (at += 2 + length)).toString();
    };
    const flags = Buffer.alloc(3);
    const list = <T>(read: () => T) => Array.from({ length: number() }, read);
    const resources = list(() => {
        const type = request.subarray(at, (at += 1));
        const name = string();
        const settings = list(string).map((setting) =>
            Buffer.concat([text(setting), text("2"), flags]),
        );
        return Buffer.concat([NO_ERROR, int16(-1), type, text(name), array(...settings)]);
    });
    return Buffer.concat([UNTHROTTLED, array(...resources)]);
}

/** A server that accepts connections and answers nothing, as a broker whose process hangs; `close` ends them. */
export async function startHungBroker(): Promise<{ address: string; close: () => void }> {
    const sockets: net.Socket[] = [];
    const { server, address } = await listen(net.createServer((socket) => sockets.push(socket)));
    const close = () => {
        sockets.forEach((socket) => socket.destroy());
        server.close();
    };
    return { address, close };
}

/** A server that speaks as much of Kafka's protocol as its metadata need, and names these brokers. */
export function startBroker(
    ...brokers: readonly AdvertisedBroker[]
): Promise<{ server: net.Server; address: string }> {
    return listen(net.createServer((socket) => serve(socket, brokers)));
}

/** {@link startBroker} that tells the number of each request. */
export function startObservedBroker(
    onRequest: (key: number) => void,
    ...brokers: readonly AdvertisedBroker[]
): Promise<{ server: net.Server; address: string }> {
    return listen(net.createServer((socket) => serve(socket, brokers, onRequest)));
}

/** {@link startObservedBroker} that leads the topic, and names itself. */
export async function startLeader(
    onRequest: (key: number) => void,
): Promise<{ server: net.Server; address: string }> {
    const brokers: AdvertisedBroker[] = [];
    const { server, address } = await listen(
        net.createServer((socket) => serve(socket, brokers, onRequest, 7)),
    );
    brokers.push({ id: 7, host: "127.0.0.1", port: Number(address.split(":")[1]) });
    return { server, address };
}

/** {@link startBroker} with TLS. */
export function startSecureBroker(
    options: tls.TlsOptions,
    ...brokers: readonly AdvertisedBroker[]
): Promise<{ server: net.Server; address: string }> {
    return listen(tls.createServer(options, (socket) => serve(socket, brokers)));
}

function serve(
    socket: net.Socket,
    brokers: readonly AdvertisedBroker[],
    onRequest?: (key: number) => void,
    leader = NO_LEADER,
): void {
    const known = answers(brokers, leader);
    let received = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
        received = Buffer.concat([received, data]);
        if (received.length >= 4 && received.readInt32BE() > LARGEST_REQUEST) {
            // As a broker does with what is TLS or HTTP.
            socket.destroy();
            return;
        }
        while (received.length >= 4 && received.length >= 4 + received.readInt32BE()) {
            const request = received.subarray(0, 4 + received.readInt32BE());
            received = received.subarray(request.length);
            // Size, API key, version, correlation id.
            const key = request.readInt16BE(4);
            onRequest?.(key);
            const answer = key === DESCRIBE_CONFIGS ? describeConfigs(request) : known[key];
            if (answer === undefined) {
                // As a broker ends connections whose requests it does not know.
                socket.destroy();
                return;
            }
            const correlation = request.subarray(8, 12);
            socket.write(Buffer.concat([int32(answer.length + 4), correlation, answer]));
        }
    });
}

async function listen(server: net.Server): Promise<{ server: net.Server; address: string }> {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, address: `127.0.0.1:${(server.address() as net.AddressInfo).port}` };
}
