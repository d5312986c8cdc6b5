siteIndex.add("parts",{"pages":"pages.60be3010","text-0":"text-0.d6c835b5"});
