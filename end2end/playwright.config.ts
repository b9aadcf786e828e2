import { defineConfig } from '@playwright/test';

// Run by `cargo xtask test`, which says where the binary (PORTICO_BIN) and the browser are.
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './support/templates.ts',
  // Every test starts a server and data of its own.
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    trace: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath: process.env.PORTICO_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // The public addresses of the tests' installations lead to this machine.
        '--no-proxy-server',
        '--host-resolver-rules=MAP *.portico.test 127.0.0.1',
      ],
    },
  },
});
