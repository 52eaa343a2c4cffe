import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findJava, javaVersion } from "../../../lab/java";

// Newer than any `java` on the PATH of whoever runs this.
const NEEDED = 1000;

describe("the choice of a Java", () => {
    let folder: string;
    let installed: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "lab-"));
        installed = join(folder, "jvm");
        mkdirSync(installed);
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    /** A Java that only says its version. */
    function install(home: string, version: string): string {
        const java = join(home, "bin/java");
        mkdirSync(join(home, "bin"), { recursive: true });
        const print = `#!/bin/sh\necho 'openjdk version "${version}" 2026-01-20' >&2\n`;
        writeFileSync(java, print, { mode: 0o755 });
        return java;
    }

    it("prefers JAVA_HOME", async () => {
        const home = join(folder, "home");
        const java = install(home, "1001.0.2");
        install(join(installed, "a"), "1002");
        assert.equal(await findJava(NEEDED, "for a test", { home, installed }), java);
    });

    it("passes over those that are too old or do not run", async () => {
        const home = join(folder, "gone");
        install(join(installed, "a"), "999.0.15");
        mkdirSync(join(installed, "b"));
        const java = install(join(installed, "c"), "1000");
        assert.equal(await findJava(NEEDED, "for a test", { home, installed }), java);
    });

    it("names those that are too old when there is no other", async () => {
        const old = install(join(installed, "a"), "21.0.1");
        await assert.rejects(findJava(NEEDED, "for a test", { installed }), (error: Error) => {
            assert.match(error.message, /^Java 1000 or newer is needed for a test; found: /);
            assert.ok(error.message.includes(`${old} is 21; install one`), error.message);
            return true;
        });
    });

    it("does without a folder of installed ones", async () => {
        const places = { installed: join(folder, "none") };
        await assert.rejects(findJava(NEEDED, "for a test", places), /set JAVA_HOME/);
    });

    it("reads the major version", () => {
        assert.equal(javaVersion('openjdk version "21" 2023-09-19'), 21);
        assert.equal(javaVersion('java version "1.8.0_412"'), 1);
        assert.equal(javaVersion(""), undefined);
    });
});
