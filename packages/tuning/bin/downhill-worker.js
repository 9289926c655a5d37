#!/usr/bin/env node
import '../dist/redis/worker-main.js';
